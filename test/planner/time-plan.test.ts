/** @file The plan by time: no tree is faster by the same seconds, and its prediction is the sum of its operations'. */

import { describe, expect, test } from "vitest";
import { buildShape } from "../../src/chain/build.ts";
import { createShape } from "../../src/chain/chain.ts";
import { residualShape } from "../../src/chain/residual.ts";
import type { LayerShape } from "../../src/chain/shape.ts";
import {
  type KernelCalibration,
  pullSeconds,
  pushSeconds,
  secondsAt,
} from "../../src/planner/calibration.ts";
import { planChain } from "../../src/planner/chain-product.ts";
import { elementalsOf } from "../../src/planner/elemental.ts";
import { predictSeconds } from "../../src/planner/plan-seconds.ts";
import { planTime } from "../../src/planner/time-plan.ts";
import { createRandom } from "../../src/random.ts";
import { evenCalibration, randomCalibration } from "../support/random-calibration.ts";

/** Seconds of every tree over the layers i … j: all bracketings, each with products, tangents and adjoints. */
function allTrees(layers: readonly LayerShape[], kernel: KernelCalibration, i: number, j: number): number[] {
  if (i === j) {
    const { kind } = layers[i]!.structure;
    const width = layers[i]!.inputWidth;
    return [kind === "diagonal-plus-rank-one" ? width * secondsAt(kernel.scaleRows, [1, width]) : 0];
  }
  const diagonal = (from: number, to: number): boolean =>
    layers.slice(from, to + 1).every(({ structure: { kind } }) => kind === "diagonal" || kind === "identity");
  const [rows, columns] = [layers[j]!.outputWidth, layers[i]!.inputWidth];
  const costs: number[] = [];
  for (let k = i; k < j; k++) {
    const earlier = allTrees(layers, kernel, i, k);
    const later = allTrees(layers, kernel, k + 1, j);
    const tangents = layers
      .slice(k + 1, j + 1)
      .reduce((sum, { structure }) => sum + pushSeconds(kernel, structure, columns), 0);
    const adjoints = layers
      .slice(i, k + 1)
      .reduce((sum, { structure }) => sum + pullSeconds(kernel, structure, rows), 0);
    const two = [diagonal(i, k), diagonal(k + 1, j)].filter(Boolean).length;
    const product =
      two === 0
        ? secondsAt(kernel.matmul, [rows, layers[k]!.outputWidth, columns])
        : secondsAt(kernel.scaleRows, two === 2 ? [columns, 1] : [rows, columns]);
    costs.push(...earlier.map((seconds) => seconds + tangents));
    costs.push(...later.map((seconds) => seconds + adjoints));
    for (const a of earlier) for (const b of later) costs.push(a + b + product);
  }
  return costs;
}

function randomShape(rngSeed: number, layers: number) {
  const random = createRandom(rngSeed);
  const widths = Array.from({ length: layers + 1 }, () => random.integer(1, 90));
  const activation = random.uniform() < 0.5 ? ("tanh" as const) : undefined;
  const loss = random.uniform() < 0.3 ? ("softmax" as const) : undefined;
  return buildShape({ widths, ...(activation && { activation }), ...(loss && { loss }) });
}

describe("against all trees", () => {
  test("120 random chains on 120 random machines", () => {
    for (let rngSeed = 1; rngSeed <= 120; rngSeed++) {
      const { layers } = randomShape(rngSeed, 1 + (rngSeed % 3));
      const kernel = randomCalibration(rngSeed);
      const fewest = Math.min(...allTrees(layers, kernel, 0, layers.length - 1));
      const plan = planTime(layers, kernel);
      expect(plan.seconds).toBeCloseTo(fewest, 12);
      expect(plan.seconds / (fewest || 1)).toBeCloseTo(fewest === 0 ? 0 : 1, 9);
    }
  });

  test("five dense layers", () => {
    for (let rngSeed = 1; rngSeed <= 10; rngSeed++) {
      const random = createRandom(rngSeed);
      const widths = Array.from({ length: 6 }, () => random.integer(1, 90));
      const { layers } = buildShape({ widths });
      const kernel = randomCalibration(-rngSeed);
      const fewest = allTrees(layers, kernel, 0, 4).reduce((least, one) => Math.min(least, one));
      expect(planTime(layers, kernel).seconds / fewest).toBeCloseTo(1, 9);
    }
  });
});

test("where every FMA costs the same it is as good as the plan by FMA", () => {
  for (let rngSeed = 1; rngSeed <= 30; rngSeed++) {
    const random = createRandom(rngSeed);
    const shape = buildShape({ widths: Array.from({ length: 7 }, () => random.integer(2, 60)) });
    const { fma } = planChain(elementalsOf(shape, "given"));
    const plan = planTime(shape.layers, evenCalibration(1e-9));
    expect(plan.fma).toBe(fma);
    expect(plan.seconds / (fma * 1e-9)).toBeCloseTo(1, 9);
  }
});

test("a machine that is slow at one shape is routed around it", () => {
  const shape = buildShape({ widths: [8, 64, 8, 64] });
  const even = evenCalibration(1e-9);
  const { fma } = planTime(shape.layers, even);
  // (64 × 8)·(8 × 8) is what the cheapest plan ends with; let that cost a thousand times as much.
  const at = (a: number, b: number, c: number): number => {
    const place = (size: number): number => even.matmul.sizes.indexOf(size);
    return (place(a) * 3 + place(b)) * 3 + place(c);
  };
  const seconds = [...even.matmul.seconds];
  seconds[at(64, 8, 8)]! *= 1000;
  const other = planTime(shape.layers, { ...even, matmul: { ...even.matmul, seconds } });
  expect(other.fma).toBeGreaterThan(fma);
});

test("any plan's seconds can be predicted, and none is below the fastest", () => {
  const residual = createShape([
    ...buildShape({ widths: [9, 5] }).layers,
    residualShape(buildShape({ widths: [5, 3, 5], activation: "tanh" }).layers),
    ...buildShape({ widths: [5, 7] }).layers,
  ]);
  for (const { layers, ...shape } of [residual, randomShape(5, 6), randomShape(6, 5)]) {
    const kernel = randomCalibration(4);
    const fastest = planTime(layers, kernel);
    const byFma = planChain(elementalsOf({ ...shape, layers }, "given"));
    const predicted = predictSeconds(byFma.tree, layers, kernel);
    expect(predicted.seconds).toBeGreaterThanOrEqual(fastest.seconds * (1 - 1e-12));
    for (const { seconds, interval } of [fastest, predicted]) {
      expect(interval[0]).toBeLessThan(seconds);
      expect(interval[1]).toBeGreaterThan(seconds);
      // The geometric middle is the prediction.
      expect(Math.sqrt(interval[0] * interval[1]) / seconds).toBeCloseTo(1, 10);
    }
  }
});

test("equal shapes err together, different ones partly cancel", () => {
  const kernel = { ...evenCalibration(1e-9), spread: 0.3, drift: 0 };
  const width = (widths: readonly number[]): number => {
    const { interval } = planTime(buildShape({ widths }).layers, kernel);
    return Math.log(interval[1] / interval[0]) / 2 / 1.96;
  };
  expect(width([20, 20, 20, 20, 20])).toBeCloseTo(0.3, 10); // three products of one shape
  expect(width([20, 21, 22, 23, 20])).toBeLessThan(0.25);
});

test("chains beyond the planner's length are refused", () => {
  const one = buildShape({ widths: [2, 2] }).layers[0]!;
  expect(() => planTime(Array<LayerShape>(3001).fill(one), evenCalibration())).toThrow(/3001 factors.*3000/);
});
