/** @file The counts that the course states: n·Σ and m·Σ, their forms with read seeds, and what structure saves. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { predictCost } from "../../src/ad/jacobian.ts";
import { buildShape } from "../../src/chain/build.ts";
import { createShape } from "../../src/chain/chain.ts";
import { describeShape } from "../../src/chain/describe.ts";
import { softmaxShape } from "../../src/chain/softmax.ts";

const widthsArbitrary = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 2, maxLength: 9 });
const sigmaOf = (widths: readonly number[]): number =>
  widths.slice(1).reduce((sum, width, i) => sum + width * widths[i]!, 0);
const fma = (widths: number[], strategy: string, unitSeeds: "dense" | "read" = "dense"): number =>
  predictCost(buildShape({ widths }), { strategy, unitSeeds }).fma;

describe("dense layers only", () => {
  it("cost n·Σ forward and m·Σ reverse, Σ of the widths", () => {
    fc.assert(
      fc.property(widthsArbitrary, (widths) => {
        const sigma = sigmaOf(widths);
        expect(fma(widths, "forward")).toBe(widths[0]! * sigma);
        expect(fma(widths, "reverse")).toBe(widths.at(-1)! * sigma);
        expect(describeShape(buildShape({ widths }))).toMatchObject({
          sigma,
          depth: widths.length - 1,
          widths,
        });
      }),
    );
  });

  it("cost n·(Σ − n·d_1) and m·(Σ − m·d_{K−1}) with read seeds, exactly like the products of explicit Jacobians", () => {
    fc.assert(
      fc.property(widthsArbitrary, (widths) => {
        const sigma = sigmaOf(widths);
        const [n, m] = [widths[0]!, widths.at(-1)!];
        const forward = n * (sigma - n * widths[1]!);
        const reverse = m * (sigma - m * widths.at(-2)!);
        expect(fma(widths, "forward", "read")).toBe(forward);
        expect(fma(widths, "product-right-to-left", "read")).toBe(forward);
        expect(fma(widths, "reverse", "read")).toBe(reverse);
        expect(fma(widths, "product-left-to-right", "read")).toBe(reverse);
      }),
    );
  });

  it("differ widely between the two conventions for 4096-64-64-64-10: a ratio of 410 against 13", () => {
    const widths = [4096, 64, 64, 64, 10];
    expect(fma(widths, "forward") / fma(widths, "reverse")).toBeCloseTo(409.6, 10);
    expect(fma(widths, "forward", "read") / fma(widths, "reverse", "read")).toBeCloseTo(13.38, 2);
  });
});

describe("the classifier 784-512-256-128-10", () => {
  it("has 567,434 parameters and Σ = 566,528", () => {
    expect(describeShape(buildShape({ widths: [784, 512, 256, 128, 10] }))).toMatchObject({
      parameters: 567_434,
      sigma: 566_528,
    });
  });

  it("needs 567,434 JVPs or one VJP for the gradient of its loss", () => {
    const shape = buildShape({
      widths: [784, 512, 256, 128, 10],
      activation: "relu",
      loss: "softmaxCrossEntropy",
    });
    expect(predictCost(shape, { strategy: "forward-parameters" }).operations.at(-1)?.times).toBe(567_434);
    expect(predictCost(shape, { strategy: "reverse-parameters" }).operations.at(-1)?.times).toBe(1);
  });
});

describe("structure", () => {
  it("makes an activation cost its width, and identity nothing", () => {
    const plain = fma([3, 7, 2], "reverse");
    const withActivation = (activation: "tanh" | "identity") =>
      predictCost(buildShape({ widths: [3, 7, 2], activation }), { strategy: "reverse" }).fma;
    expect(withActivation("tanh")).toBe(plain + 2 * 7);
    expect(withActivation("identity")).toBe(plain);
  });

  it("makes softmax cost O(k), not O(k²)", () => {
    const cost = (k: number) =>
      predictCost(createShape([softmaxShape("softmax", k)]), { strategy: "forward" }).fma / k;
    expect([cost(10), cost(100), cost(1000)]).toEqual([30, 300, 3000]);
  });
});

describe("memory", () => {
  it("of reverse holds the tape; of forward with a recomputed primal no tape", () => {
    const shape = buildShape({ widths: [4, ...Array<number>(50).fill(100), 4], activation: "tanh" });
    const bytes = (strategy: string, linearisation?: "recomputed") =>
      predictCost(shape, { strategy, ...(linearisation && { linearisation }) }).bytes;
    expect(bytes("reverse")).toBeGreaterThan(50 * 100 * 8);
    expect(bytes("forward")).toBeGreaterThan(50 * 100 * 8);
    expect(bytes("forward", "recomputed")).toBeLessThan(10 * 100 * 8);
  });
});
