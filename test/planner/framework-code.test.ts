/** @file The printed Python: its structure, and that its plan is the cheapest of forward, reverse and products. */

import { expect, test } from "vitest";
import { activationShape } from "../../src/chain/activation.ts";
import { buildShape } from "../../src/chain/build.ts";
import { createShape } from "../../src/chain/chain.ts";
import { residualShape } from "../../src/chain/residual.ts";
import { bracketingText } from "../../src/planner/bracketing.ts";
import { planChain } from "../../src/planner/chain-product.ts";
import { elementalsOf } from "../../src/planner/elemental.ts";
import { frameworkCode } from "../../src/planner/framework-code.ts";
import { chainPlanOf, frameworkPlans } from "../../src/planner/framework-plan.ts";
import { homogeneousCosts } from "../../src/planner/homogeneous.ts";
import { createRandom } from "../../src/random.ts";

/** The statements that form J, as they stand in the printed function. */
function statements(code: string): string[] {
  const lines = code.split("\n");
  const start = lines.indexOf("def jacobian(x):");
  const end = lines.indexOf("    return J");
  return lines.slice(start + 1, end).map((line) => line.replace(/^ {4}/, ""));
}

test("fewer outputs than inputs: jacrev", () => {
  const shape = buildShape({ widths: [784, 512, 256, 128, 10] });
  expect(statements(frameworkCode(shape, "jax"))).toEqual([
    "J = jax.jacrev(through(1, 4))(x)  # (10, 784), 10 VJPs",
  ]);
  expect(statements(frameworkCode(shape, "pytorch"))).toEqual([
    "J = jacrev(through(1, 4))(x)  # (10, 784), 10 VJPs",
  ]);
});

test("fewer inputs than outputs: jacfwd", () => {
  const shape = buildShape({ widths: [3, 50, 40] });
  expect(statements(frameworkCode(shape, "jax"))).toEqual([
    "J = jax.jacfwd(through(1, 2))(x)  # (40, 3), 3 JVPs",
  ]);
});

test("JAX compiles it, PyTorch keeps no graph and finds the functions of old versions; both state the plan's FMA", () => {
  const shape = buildShape({ widths: [200, 200, 5, 200, 200] });
  const [jax, torch] = [frameworkCode(shape, "jax"), frameworkCode(shape, "pytorch")];
  expect(jax).toContain("@jax.jit\ndef jacobian(x):");
  expect(torch).toContain("@torch.no_grad()\ndef jacobian(x):");
  expect(torch).toContain("    from functorch import jacfwd, jacrev  # PyTorch 1.13");
  for (const code of [jax, torch]) {
    expect(code).toContain("# 610,000 FMA (forward mode 16,400,000, reverse mode 16,400,000).");
    expect(code).toContain("float32");
    expect(code.trimEnd().split("\n").at(-1)).toBe("J = jacobian(x)");
  }
});

test("a cut that saves less than 2 % is not printed: the pure mode is", () => {
  // 100 wide at the cut, n = m = 101: about 1 % fewer products, and one product of matrices more.
  const shape = buildShape({ widths: [101, 5000, 100, 5000, 101] });
  const { advised, cheapest } = frameworkPlans(shape);
  expect(cheapest.blocks).toHaveLength(2);
  expect(1 - cheapest.totalFma / advised.totalFma).toBeLessThan(0.02);
  expect(advised.blocks).toHaveLength(1);
  expect(statements(frameworkCode(shape, "jax"))).toHaveLength(1);
});

test("the plan as a tree does what the printed calls do", () => {
  const shape = buildShape({ widths: [60, 40, 3, 40, 50], activation: "tanh" });
  const { advised } = frameworkPlans(shape);
  const { tree, fma, operations } = chainPlanOf(advised, shape);
  expect(bracketingText(tree)).toBe("(T[F7…F5](T[F4]) (A[F3])A[F2 F1])");
  expect(fma).toBe(advised.totalFma);
  expect(tree.totalFma).toBe(fma);
  expect(operations.reduce((sum, one) => sum + one.fma, 0)).toBe(fma);
  expect(operations.map(({ vectors }) => vectors)).toEqual([3, 3, 3, 3, 60]);
});

test("a bottleneck of width h: jacrev of the first part, jacfwd of the second, and their product", () => {
  const shape = buildShape({ widths: [300, 200, 8, 200, 250], activation: "relu" });
  expect(statements(frameworkCode(shape, "jax"))).toEqual([
    "z = through(1, 3)(x)",
    "J1 = jax.jacrev(through(1, 3))(x)  # (8, 300), 8 VJPs",
    "J2 = jax.jacfwd(through(4, 7))(z)  # (250, 8), 8 JVPs",
    "J = J2 @ J1  # (250, 300)",
  ]);
});

test("several bottlenecks: one cut, at the narrowest", () => {
  const shape = buildShape({ widths: [200, 100, 3, 90, 80, 2, 100, 150] });
  expect(statements(frameworkCode(shape, "jax"))).toEqual([
    "z = through(1, 5)(x)",
    "J1 = jax.jacrev(through(1, 5))(x)  # (2, 200), 2 VJPs",
    "J2 = jax.jacfwd(through(6, 7))(z)  # (150, 2), 2 JVPs",
    "J = J2 @ J1  # (150, 200)",
  ]);
});

test("all layers are written, in their order, with the helpers that they need and no others", () => {
  const inner = buildShape({ widths: [4, 6, 4], activation: "tanh" }).layers;
  const shape = createShape([
    ...buildShape({ widths: [5, 4], activation: "relu" }).layers,
    residualShape(inner),
    activationShape("identity", 4),
    ...buildShape({ widths: [4, 3], loss: "softmaxCrossEntropy" }).layers,
  ]);
  const jax = frameworkCode(shape, "jax");
  expect(jax.split("\n").filter((line) => /# f_\d/.test(line))).toEqual([
    "    dense(4, 5, seed=1),  # f_1",
    "    residual([dense(6, 4, seed=2), jnp.tanh, dense(4, 6, seed=3)]),  # f_2",
    "    lambda x: x,  # f_3",
    "    dense(3, 4, seed=4),  # f_4",
    "    lambda z: -jax.nn.log_softmax(z)[:1],  # f_5, softmaxCrossEntropy of label 0",
  ]);
  expect(jax).toContain("def residual(inner):");
  const plain = frameworkCode(buildShape({ widths: [5, 4] }), "pytorch");
  expect(plain).not.toContain("residual");
  expect(plain).toContain("    torch.nn.Linear(5, 4),  # f_1");
  for (const line of [...jax.split("\n"), ...plain.split("\n")]) expect(line).not.toMatch(/undefined|NaN/);
});

test("parentheses balance in every line, whatever the chain", () => {
  const random = createRandom(61);
  for (let i = 0; i < 100; i++) {
    const widths = Array.from({ length: random.integer(2, 9) }, () => random.integer(1, 60));
    const activation = i % 2 === 0 ? ("softplus" as const) : undefined;
    for (const framework of ["jax", "pytorch"] as const) {
      const lines = frameworkCode(buildShape({ widths, activation }), framework).split("\n");
      for (const line of lines.filter((text) => text !== "layers = [" && text !== "]")) {
        const count = (character: string) => line.split(character).length;
        expect([line, count("("), count("[")]).toEqual([line, count(")"), count("]")]);
      }
      expect(lines.filter((line) => line.startsWith("    J = "))).toHaveLength(1);
    }
  }
});

/** The least cost of all plans of forward mode, reverse mode and products, by trying every way to cut the range. */
function leastCost(widths: readonly number[], edges: readonly number[]): number {
  const [n, m] = [widths[0]!, widths.at(-1)!];
  let least = Math.min(n, m) * edges.reduce((sum, count) => sum + count, 0);
  for (let k = 1; k < edges.length; k++) {
    const before = leastCost(widths.slice(0, k + 1), edges.slice(0, k));
    const after = leastCost(widths.slice(k), edges.slice(k));
    least = Math.min(least, before + after + n * widths[k]! * m);
  }
  return least;
}

test("one cut suffices: no plan of forward, reverse and products, with any number of cuts, is cheaper", () => {
  const random = createRandom(62);
  let cuts = 0;
  for (let i = 0; i < 400; i++) {
    const widths = Array.from({ length: random.integer(2, 8) }, () => random.integer(1, 40));
    const shape = buildShape({ widths, activation: i % 2 === 0 ? "relu" : undefined });
    const elementals = elementalsOf(shape, "matrix-free", true);
    const edges = elementals.map((elemental) => elemental.edges!);
    const { blocks, totalFma } = frameworkPlans(shape).cheapest;
    expect(totalFma).toBe(leastCost(shape.widths, edges));
    const parts = blocks.map(({ mode, first, last, rows, columns }) => {
      expect([columns, rows]).toEqual([shape.widths[first - 1], shape.widths[last]]);
      const through = edges.slice(first - 1, last).reduce((sum, count) => sum + count, 0);
      return (mode === "forward" ? columns : rows) * through;
    });
    const product = blocks.length === 1 ? 0 : shape.n * shape.m * blocks[0]!.rows;
    expect(parts.reduce((sum, cost) => sum + cost, product)).toBe(totalFma);
    const { tangentFma, adjointFma } = homogeneousCosts(elementals);
    expect(totalFma).toBeLessThanOrEqual(Math.min(tangentFma!, adjointFma!));
    expect(totalFma).toBeGreaterThanOrEqual(planChain(elementals).fma);
    if (blocks.length === 2) cuts++;
  }
  expect(cuts).toBeGreaterThan(40);
});

test("costs beyond 2^53 are refused", () => {
  expect(() => frameworkPlans(buildShape({ widths: [1e6, 1e6, 1e6] }))).toThrow(/2\^53/);
});
