/** @file Lesson 5's product of narrow blocks with skips, run from the lesson's own cell: its Jacobian, its count, where it pays. */

import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseLesson } from "../../notebooks/tools/source.ts";
import { copyInto } from "../../src/array.ts";
import {
  activation,
  countCost,
  createChain,
  dense,
  elementalsOf,
  homogeneousCosts,
  type Layer,
  type Matrix,
  matrix,
  planChain,
  randomPoint,
  referenceJacobian,
  residual,
  type Vector,
  vjp,
  zeros,
} from "../../src/index.ts";
import { createCountingKernel } from "../../src/kernels/counting.ts";
import { createRandom, deriveSeed } from "../../src/random.ts";
import { REPOSITORY } from "../support/run-command.ts";

type CarryThin = (
  blocks: readonly (readonly Layer[])[],
  point: Vector,
  strategies: readonly [string, string],
) => { readonly jacobian: Matrix; readonly fma: number };
type ThinFactors = Readonly<Record<"nothing at hand" | "matrices at hand", readonly [string, string]>>;

const { carryThin, thinFactors } = cellOfLesson5();

/** What the lesson's cell declares, run as it stands there. */
function cellOfLesson5(): { carryThin: CarryThin; thinFactors: ThinFactors } {
  const name = "05-skip-connections";
  const { blocks } = parseLesson(name, readFileSync(join(REPOSITORY, `notebooks/source/${name}.md`), "utf8"));
  const cell = blocks.find(({ kind, text }) => kind === "code" && text.includes("function carryThin("));
  expect(cell, "lesson 5 has no cell with carryThin").toBeDefined();
  const uses = { copyInto, countCost, createChain, createCountingKernel, residual, vjp, zeros };
  const body = `${stripTypeScriptTypes(cell!.text)}\nreturn { carryThin, thinFactors };`;
  return new Function(...Object.keys(uses), body)(...Object.values(uses));
}

/** K blocks x + W2 σ(W1 x + b) of random weights, w wide with h units inside; some units are off. */
function randomBlocks(w: number, h: number, K: number, rngSeed: number): Layer[][] {
  const random = (rows: number, columns: number, ...label: (string | number)[]): Matrix => {
    const generator = createRandom(deriveSeed(rngSeed, ...label));
    return matrix(
      Array.from({ length: rows }, () => Array.from({ length: columns }, () => generator.uniform() - 0.4)),
    );
  };
  return Array.from({ length: K }, (_, i) => [
    dense(random(h, w, "first", i), random(1, h, "bias", i).pick(0, null)),
    activation("relu", h),
    dense(random(w, h, "second", i), zeros(w)),
  ]);
}

const shapeOf = (blocks: readonly Layer[][]) => createChain(blocks.map((inside) => residual(inside))).shape;

test("is the chain's Jacobian, and costs what the lesson says: with matrices at hand, with nothing at hand", () => {
  const sizes = { w: fc.integer({ min: 1, max: 9 }), h: fc.integer({ min: 1, max: 5 }) };
  fc.assert(
    fc.property(fc.record({ ...sizes, K: fc.integer({ min: 1, max: 6 }), rngSeed: fc.nat() }), (drawn) => {
      const { w, h, K, rngSeed } = drawn;
      const blocks = randomBlocks(w, h, K, rngSeed);
      const x = randomPoint(w, rngSeed);
      const J = referenceJacobian(createChain(blocks.map((inside) => residual(inside))), x);
      const scale = Math.max(1, ...J.data.map(Math.abs));
      const carried = h * w * K + w * h ** 2 * K * (K - 1) + w ** 2 * h * K + w;
      // V by h VJPs of ReLU and W1 in the place of the mask's h·w, and U by h JVPs of W2.
      const formed = K * (h * (w * h + h) + h * w * h - h * w);
      for (const [hand, fma] of [
        ["matrices at hand", carried],
        ["nothing at hand", carried + formed],
      ] as const) {
        const found = carryThin(blocks, x, thinFactors[hand]);
        expect(found.fma).toBe(fma);
        for (let i = 0; i < w; i++)
          for (let j = 0; j < w; j++)
            expect(Math.abs(found.jacobian.get(i, j) - J.get(i, j))).toBeLessThan(1e-12 * scale);
      }
    }),
    { numRuns: 60, seed: 5 },
  );
});

test("costs less than all columns from the right exactly where hK < w (1 + 1/h), for K > 1", () => {
  const size = fc.integer({ min: 1, max: 24 });
  fc.assert(
    fc.property(size, size, fc.integer({ min: 2, max: 30 }), (w, h, K) => {
      const zero = Array.from({ length: K }, () => [
        dense(zeros(h, w), zeros(h)),
        activation("relu", h),
        dense(zeros(w, h), zeros(w)),
      ]);
      const { tangentFma } = homogeneousCosts(elementalsOf(shapeOf(zero), "given"));
      const carried = h * w * K + w * h ** 2 * K * (K - 1) + w ** 2 * h * K + w;
      expect(carried < tangentFma!).toBe(h * K < w * (1 + 1 / h));
    }),
    { numRuns: 300, seed: 5 },
  );
});

test("3 blocks, 64 wide with 4 units inside: 56,128 FMA where the cheapest plan of whole blocks takes 90,944", () => {
  const blocks = randomBlocks(64, 4, 3, 1);
  const plan = (convention: "given" | "matrix-free"): number =>
    planChain(elementalsOf(shapeOf(blocks), convention)).fma;
  const carried = (hand: keyof ThinFactors): number =>
    carryThin(blocks, randomPoint(64, 1), thinFactors[hand]).fma;
  expect([plan("given"), carried("matrices at hand")]).toEqual([90_944, 56_128]);
  expect([plan("matrix-free"), carried("nothing at hand")]).toEqual([91_716, 61_552]);
});
