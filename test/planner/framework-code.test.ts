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
import { frameworkPlans } from "../../src/planner/framework-plan.ts";
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

test("a plan that saves less than 2 % is not printed: the pure mode is", () => {
  const shape = buildShape({ widths: [200, 200, 198, 200, 200] });
  const { advised, cheapest, forwardFma } = frameworkPlans(shape);
  expect(cheapest.fma).toBeLessThan(forwardFma);
  expect(1 - cheapest.fma / forwardFma).toBeLessThan(0.02);
  expect(advised.fma).toBe(forwardFma);
  expect(statements(frameworkCode(shape, "jax"))).toEqual([
    "J = jax.jacfwd(through(1, 4))(x)  # (200, 200), 200 JVPs",
  ]);
});

test("the advised plan's operations cost what it says, in calls as many as the plan has sweeps", () => {
  const shape = buildShape({ widths: [60, 40, 3, 40, 50], activation: "tanh" });
  const { tree, fma, operations } = frameworkPlans(shape).advised;
  expect(bracketingText(tree)).toBe("(T[F7…F5](T[F4]) (A[F3])A[F2 F1])");
  expect(operations.reduce((sum, one) => sum + one.fma, 0)).toBe(fma);
  expect(operations.map(({ vectors }) => vectors)).toEqual([3, 3, 3, 3, 60]);
});

test("a bottleneck of width h: jacrev of the first part with its value, jacfwd of the second, and their product", () => {
  const shape = buildShape({ widths: [300, 200, 8, 200, 250], activation: "relu" });
  expect(statements(frameworkCode(shape, "jax"))).toEqual([
    "J1, z3 = jax.jacrev(with_value(through(1, 3)), has_aux=True)(x)  # (8, 300), 8 VJPs",
    "J2 = jax.jacfwd(through(4, 7))(z3)  # (250, 8), 8 JVPs",
    "J = J2 @ J1  # (250, 300)",
  ]);
});

test("one layer behind a narrow place: the block's columns are pushed through it", () => {
  const shape = buildShape({ widths: [8, 4, 8] });
  expect(frameworkPlans(shape).advised.fma).toBe(8 * 4 * 4 + 8 * 8 * 4);
  expect(statements(frameworkCode(shape, "jax"))).toEqual([
    "J1, z1 = jax.jacrev(with_value(through(1, 1)), has_aux=True)(x)  # (4, 8), 4 VJPs",
    "_, push = jax.linearize(through(2, 2), z1)",
    "J = jax.vmap(push, in_axes=1, out_axes=1)(J1)  # (8, 8), 8 JVPs",
  ]);
  expect(statements(frameworkCode(shape, "pytorch"))).toEqual([
    "J1, z1 = jacrev(with_value(through(1, 1)), has_aux=True)(x)  # (4, 8), 4 VJPs",
    "J = vmap(lambda v: jvp(through(2, 2), (z1,), (v,))[1], in_dims=1, out_dims=1)(J1)  # (8, 8), 8 JVPs",
  ]);
  expect(frameworkCode(shape, "pytorch")).toContain("from torch.func import jacrev, jvp, vmap  #");
});

test("a narrow place near the output: the rows of the later block are pulled back", () => {
  const shape = buildShape({ widths: [9, 40, 4, 8, 6] });
  const lines = statements(frameworkCode(shape, "jax"));
  expect(lines.join("\n")).toMatch(/pull\d = jax\.vjp\(|J2 @ J1|jax\.vmap\(/);
  expect(lines.at(-1)).toMatch(/# \(6, 9\)/);
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
      expect(lines.filter((line) => /^ {4}\(?J(,\))? = /.test(line))).toHaveLength(1);
    }
  }
});

test("the cheapest is the planner's optimum of dense Jacobians, the advised one a pure mode where 2 % are not saved", () => {
  const random = createRandom(62);
  const seen = { mixed: 0, pure: 0 };
  for (let i = 0; i < 300; i++) {
    const widths = Array.from({ length: random.integer(2, 8) }, () => random.integer(1, 40));
    const shape = buildShape({ widths, activation: i % 2 === 0 ? "relu" : undefined });
    const elementals = elementalsOf(shape, "matrix-free", true);
    const { advised, cheapest, forwardFma, reverseFma } = frameworkPlans(shape);
    const { tangentFma, adjointFma } = homogeneousCosts(elementals);
    expect([forwardFma, reverseFma]).toEqual([tangentFma, adjointFma]);
    expect(cheapest.fma).toBe(planChain(elementals).fma);
    expect(cheapest.fma).toBe(
      leastCost(
        shape.widths,
        elementals.map((one) => one.edges!),
      ),
    );
    const pure = Math.min(forwardFma, reverseFma);
    const isWorthIt = 1 - cheapest.fma / pure >= 0.02;
    expect(advised.fma).toBe(isWorthIt ? cheapest.fma : pure);
    seen[isWorthIt ? "mixed" : "pure"]++;
    expect(advised.operations.reduce((sum, { fma }) => sum + fma, 0)).toBe(advised.fma);
  }
  expect(Math.min(seen.mixed, seen.pure)).toBeGreaterThan(40);
});

/** The least cost over every way to form a block: a mode of unit seeds, one that goes on from a block, a product. */
function leastCost(widths: readonly number[], edges: readonly number[]): number {
  const [n, m] = [widths[0]!, widths.at(-1)!];
  const sum = (some: readonly number[]): number => some.reduce((total, count) => total + count, 0);
  let least = Math.min(n, m) * sum(edges);
  for (let k = 1; k < edges.length; k++) {
    const before = leastCost(widths.slice(0, k + 1), edges.slice(0, k));
    const after = leastCost(widths.slice(k), edges.slice(k));
    least = Math.min(
      least,
      before + after + n * widths[k]! * m,
      before + n * sum(edges.slice(k)),
      after + m * sum(edges.slice(0, k)),
    );
  }
  return least;
}

test("costs beyond 2^53 are refused", () => {
  expect(() => frameworkPlans(buildShape({ widths: [1e6, 1e6, 1e6] }))).toThrow(/2\^53/);
});
