/** @file The picture of a plan: valid, drawn, its rectangles in the proportions of the matrices, every operation once. */

import { beforeAll, describe, expect, test } from "vitest";
import { bracketing, type DrawnPlan } from "../../analysis/charts/bracketing.ts";
import { layoutPlan } from "../../analysis/charts/bracketing-layout.ts";
import { renderSvg } from "../../analysis/render/svg.ts";
import { buildShape } from "../../src/chain/build.ts";
import { createShape } from "../../src/chain/chain.ts";
import { residualShape } from "../../src/chain/residual.ts";
import type { ChainShape } from "../../src/chain/shape.ts";
import { bracketingTree } from "../../src/planner/bracketing.ts";
import { planChain } from "../../src/planner/chain-product.ts";
import { elementalsOf } from "../../src/planner/elemental.ts";
import { homogeneousCosts } from "../../src/planner/homogeneous.ts";
import { vegaLiteProblem } from "../support/vega-lite-schema.ts";

function drawn(shape: ChainShape, convention: "given" | "matrix-free"): DrawnPlan {
  const elementals = elementalsOf(shape, convention);
  const tree = bracketingTree(planChain(elementals).tree);
  return { tree, widths: shape.widths, convention, ...homogeneousCosts(elementals) };
}

const SHAPES: Readonly<Record<string, ChainShape>> = {
  bottleneck: buildShape({ widths: [40, 30, 4, 30, 20] }),
  single: buildShape({ widths: [7, 3] }),
  activations: buildShape({ widths: [12, 30, 5, 18, 25], activation: "tanh", loss: "softmax" }),
  residual: createShape([
    ...buildShape({ widths: [9, 5] }).layers,
    residualShape(buildShape({ widths: [5, 3, 5], activation: "tanh" }).layers),
    ...buildShape({ widths: [5, 7] }).layers,
  ]),
};

let problemOf: (spec: unknown) => string | null;
beforeAll(() => {
  problemOf = vegaLiteProblem();
});

const drawings = Object.entries(SHAPES).flatMap(([name, shape]) =>
  (["given", "matrix-free"] as const).map((convention) => ({
    name,
    convention,
    plan: drawn(shape, convention),
  })),
);

describe.each(drawings)("$name, $convention", ({ plan }) => {
  const room = { width: 680, height: 620, text: 12 };

  test("one rectangle a factor and a formed block, all on one scale", () => {
    const { boxes, width, height } = layoutPlan(plan.tree, plan.widths, room);
    const factors = boxes.filter(({ kind }) => kind === "factor");
    expect(factors).toHaveLength(plan.widths.length - 1);
    const scale = Math.max(...factors.map(({ x, x2 }) => x2 - x)) / Math.max(...plan.widths.slice(0, -1));
    for (const [i, box] of factors.entries()) {
      expect(box.x2 - box.x).toBeCloseTo(Math.max(1, plan.widths[i]! * scale), 0);
      expect(box.y2 - box.y).toBeCloseTo(Math.max(1, plan.widths[i + 1]! * scale), 0);
      // F1 is the last factor of the product: the rightmost.
      if (i > 0) expect(box.x2).toBeLessThan(factors[i - 1]!.x);
    }
    for (const { x, x2, y, y2 } of boxes) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x2).toBeLessThanOrEqual(width);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y2).toBeLessThanOrEqual(height);
    }
    expect(width).toBeLessThanOrEqual(room.width + 1);
    expect(height).toBeLessThanOrEqual(room.height + 1);
    const formed = JSON.stringify(plan.tree).match(/"kind":"(product|tangent|adjoint|accumulate)"/g) ?? [];
    if (!JSON.stringify(plan.tree).includes('"kind":"inner"')) {
      expect(boxes.length - factors.length).toBe(formed.length);
    }
  });

  test.each(["page", "slide", "column"] as const)("is valid and drawn, on a %s", async (size) => {
    const spec = bracketing(plan, { size, theme: size === "slide" ? "dark" : "light" });
    expect(problemOf(spec)).toBeNull();
    const svg = await renderSvg(spec, "bracketing");
    expect(svg).not.toMatch(/NaN|Infinity|undefined|\[object/);
    expect(svg).toContain(">F1</text>");
  });
});

test("says how much more the better mode takes, or that none is dearer", () => {
  const finding = (plan: DrawnPlan): string =>
    (bracketing(plan) as unknown as { usermeta: { jacobench: { finding: string } } }).usermeta.jacobench
      .finding;
  const plan = drawn(SHAPES.bottleneck!, "given");
  const better = Math.min(plan.tangentFma!, plan.adjointFma!) / plan.tree.totalFma;
  expect(better).toBeGreaterThan(2);
  expect(finding(plan)).toMatch(
    new RegExp(`where products from the (right|left) would take ${better.toPrecision(3)} times as many$`),
  );
  expect(finding({ ...plan, tangentFma: plan.tree.totalFma, adjointFma: null })).toMatch(
    /^No plan of this kind is cheaper than products from the right: /,
  );
  expect(finding(drawn(SHAPES.bottleneck!, "matrix-free"))).toMatch(/where reverse mode would take/);
  expect(finding({ ...plan, tangentFma: null, adjointFma: null })).toMatch(/^This plan takes [\d\s]+ FMA$/);
});

test("chains that are too long to be seen are refused", () => {
  const shape = buildShape({ widths: Array<number>(42).fill(3) });
  expect(() => bracketing(drawn(shape, "given"))).toThrow(/41 factors.*at most 40/);
});
