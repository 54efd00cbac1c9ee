/** @file The text and the tree of a plan. */

import { expect, test } from "vitest";
import { buildShape } from "../../src/chain/build.ts";
import { createShape } from "../../src/chain/chain.ts";
import { residualShape } from "../../src/chain/residual.ts";
import { bracketingText, bracketingTree } from "../../src/planner/bracketing.ts";
import { LONGEST_CHAIN, planChain } from "../../src/planner/chain-product.ts";
import { denseElemental, elementalsOf } from "../../src/planner/elemental.ts";
import { operationsOf, type PlanNode } from "../../src/planner/plan-tree.ts";

const given = (n: number, m: number) => denseElemental({ n, m });
const free = (n: number, m: number, edges: number) => denseElemental({ n, m, edges });

test.each([
  ["one given factor", [given(3, 2)], "F1"],
  ["one factor by adjoints", [free(3, 2, 5)], "A[F1]"],
  ["one factor by tangents", [free(2, 3, 5)], "T[F1]"],
  ["two given factors", [given(3, 4), given(4, 2)], "(F2 F1)"],
  ["given factors, from the left", [given(9, 9), given(9, 9), given(9, 1)], "((F3 F2) F1)"],
  ["given factors, from the right", [given(1, 9), given(9, 9), given(9, 9)], "(F3 (F2 F1))"],
  [
    "tangents from end to end",
    [free(1, 9, 9), free(9, 9, 9), free(9, 9, 9), free(9, 9, 9)],
    "T[F4…F2](T[F1])",
  ],
  ["adjoints through two factors", [free(9, 9, 9), free(9, 9, 9), free(9, 1, 9)], "(A[F3])A[F2 F1]"],
  ["tangents of a product", [given(4, 1), given(1, 4), free(4, 9, 5)], "T[F3](F2 F1)"],
  ["adjoints of a product", [free(9, 4, 5), given(4, 1), given(1, 4)], "(F3 F2)A[F1]"],
  ["a product of two accumulated factors", [free(50, 1, 60), free(1, 50, 60)], "(T[F2] A[F1])"],
])("%s", (_, elementals, text) => {
  expect(bracketingText(planChain(elementals).tree)).toBe(text);
});

test("a residual factor shows the plan of its inner chain", () => {
  const shape = createShape([
    residualShape(buildShape({ widths: [6, 1, 6] }).layers),
    ...buildShape({ widths: [6, 100] }).layers,
  ]);
  expect(bracketingText(planChain(elementalsOf(shape, "matrix-free")).tree)).toBe(
    "T[F2](F1{T[F1.2](A[F1.1])})",
  );
});

test("the tree in JSON: the same form for every block, parts by name", () => {
  const { tree, fma } = planChain([free(60, 40, 99), free(40, 3, 99), free(3, 40, 99), free(40, 60, 99)]);
  const json = JSON.parse(JSON.stringify(bracketingTree(tree)));
  expect(bracketingText(tree)).toBe("(T[F4](T[F3]) (A[F2])A[F1])");
  expect(json).toMatchObject({ kind: "product", first: 1, last: 4, rows: 60, columns: 60, totalFma: fma });
  expect(json.through).toBeNull();
  const { later, earlier } = json;
  expect(later).toMatchObject({ kind: "tangent", first: 3, last: 4, rows: 60, columns: 3, through: [4, 4] });
  expect(earlier).toMatchObject({
    kind: "adjoint",
    first: 1,
    last: 2,
    rows: 3,
    columns: 60,
    through: [1, 1],
  });
  expect(later.earlier).toMatchObject({
    kind: "accumulate",
    mode: "tangent",
    first: 3,
    last: 3,
    fma: 3 * 99,
  });
  expect([later.later, earlier.earlier, later.earlier.earlier, json.inner]).toEqual([null, null, null, null]);
  expect(json.fma + later.totalFma + earlier.totalFma).toBe(fma);
});

test("a plan as deep as the longest chain can be listed, written and turned into JSON", () => {
  const leaf = (i: number): PlanNode => ({ ...range(i, i, 0), kind: "given", fma: 0 });
  const range = (first: number, last: number, totalFma: number) => ({
    first,
    last,
    rows: 1,
    columns: 1,
    totalFma,
  });
  let tree = leaf(1);
  for (let i = 2; i <= LONGEST_CHAIN; i++) {
    tree = { ...range(1, i, i - 1), kind: "product", earlier: tree, later: leaf(i), fma: 1 };
  }
  expect(operationsOf(tree)).toHaveLength(LONGEST_CHAIN - 1);
  expect(bracketingText(tree)).toMatch(/^\(F3000 \(F2999 .*F2 F1\)+$/);
  expect(JSON.stringify(bracketingTree(tree)).length).toBeGreaterThan(100 * LONGEST_CHAIN);
});
