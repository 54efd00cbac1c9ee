/** @file Model files: every layer kind is read; what is wrong is named with its place. */

import { describe, expect, it } from "vitest";
import { prepareJacobian } from "../../src/ad/jacobian.ts";
import { entries } from "../../src/array.ts";
import { parseInput, parseModel } from "../../src/chain/model-file.ts";
import { JacobenchError } from "../../src/errors.ts";

const parse = (layers: unknown, rest: object = {}) => parseModel({ layers, ...rest }, "net.json");
const dense = {
  type: "dense",
  weights: [
    [1, 2],
    [3, 4],
    [5, 6],
  ],
  bias: [0, 1, 0],
};

function messageOf(work: () => unknown): [code: string, message: string] {
  try {
    work();
  } catch (error) {
    if (error instanceof JacobenchError) return [error.code, error.message];
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("a model file", () => {
  it("may hold every kind of layer; those that keep the width take it from the layer before", () => {
    const { chain, input } = parse(
      [
        {
          type: "dense",
          weights: [
            [1, 2],
            [3, 4],
            [5, 6],
          ],
        },
        ...["relu", "tanh", "sigmoid", "softplus", "identity", "softmax"].map((type) => ({ type })),
        {
          type: "residual",
          layers: [
            { type: "linear", jacobian: [[1, 0, 2]] },
            { type: "dense", weights: [[1], [2], [3]] },
          ],
        },
        { type: "logSoftmax" },
        { type: "negativeLogLikelihood", label: 2 },
      ],
      { input: [0.5, -1] },
    );
    expect(chain.layers.map((layer) => layer.kind)).toEqual([
      ...["dense", "relu", "tanh", "sigmoid", "softplus", "identity", "softmax", "residual", "logSoftmax"],
      "negativeLogLikelihood",
    ]);
    expect([chain.n, chain.m]).toEqual([2, 1]);
    expect(entries(input!)).toEqual([0.5, -1]);
    expect(
      entries(prepareJacobian(chain, input!, { strategy: "reverse" }).run()).every(Number.isFinite),
    ).toBe(true);
  });

  it("may start with an activation that gives its width", () => {
    expect(
      parse([
        { type: "tanh", width: 3 },
        { type: "softmaxCrossEntropy", label: 1 },
      ]).chain.n,
    ).toBe(3);
  });

  it("gives the Jacobian that its weights say", () => {
    const { chain } = parse([dense]);
    const x = parseInput([1, 1], chain, "x.json");
    expect(entries(prepareJacobian(chain, x, { strategy: "forward" }).run())).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe("mistakes", () => {
  it.each([
    ["no layers", () => parse([]), "ERR_CONFIG", /net\.json: \/layers is \[\]/],
    ["not an object", () => parseModel([1], "net.json"), "ERR_CONFIG", /net\.json: \/ is \[1\]/],
    [
      "an unknown type",
      () => parse([{ type: "rleu" }]),
      "ERR_CONFIG",
      /\/layers\/0\/type is "rleu".*did you mean "relu"/,
    ],
    ["an unknown key", () => parse([{ ...dense, biass: [1] }]), "ERR_CONFIG", /\/layers\/0 .*biass/],
    [
      "a string among weights",
      () => parse([{ type: "dense", weights: [[1, "2"]] }]),
      "ERR_CONFIG",
      /\/layers\/0\/weights\/0\/1 is "2"/,
    ],
    [
      "a null among weights",
      () => parse([{ type: "dense", weights: [[1, null]] }]),
      "ERR_CONFIG",
      /weights\/0\/1 is null/,
    ],
    [
      "ragged rows",
      () => parse([{ type: "dense", weights: [[1, 2], [3]] }]),
      "ERR_SHAPE",
      /layer 1 \(dense\): weights: row 1 has 1 entries; expected 2/,
    ],
    [
      "a bias of the wrong length",
      () => parse([{ ...dense, bias: [1] }]),
      "ERR_SHAPE",
      /bias has length 1; expected 3/,
    ],
    [
      "layers that do not fit",
      () => parse([dense, { type: "linear", jacobian: [[1, 2]] }]),
      "ERR_SHAPE",
      /layer 2 \(linear\) takes width 2, but layer 1 \(dense\) gives width 3/,
    ],
    [
      "a width that does not fit",
      () => parse([dense, { type: "relu", width: 4 }]),
      "ERR_SHAPE",
      /layer 2 \(relu\) takes width 4, but layer 1 \(dense\) gives width 3/,
    ],
    [
      "a first layer without width",
      () => parse([{ type: "relu" }]),
      "ERR_SHAPE",
      /is the first layer and has no width/,
    ],
    [
      "a label out of range",
      () => parse([dense, { type: "softmaxCrossEntropy", label: 3 }]),
      "ERR_RANGE",
      /layer 2 \(softmaxCrossEntropy\): label is 3; expected an integer from 0 to 2/,
    ],
    [
      "a residual layer that changes width",
      () => parse([{ type: "residual", layers: [dense] }]),
      "ERR_SHAPE",
      /layer 1 \(residual\): inner layers map width 2 to 3/,
    ],
    [
      "an inner layer that does not fit",
      () => parse([dense, { type: "residual", layers: [dense] }]),
      "ERR_SHAPE",
      /layer 1 \(dense\).*takes width 2, but what comes before gives width 3/,
    ],
    [
      "an input of the wrong length",
      () => parse([dense], { input: [1] }),
      "ERR_SHAPE",
      /input has length 1; expected n = 2/,
    ],
    [
      "an input that is no array",
      () => parseInput({ x: 1 }, parse([dense]).chain, "x.json"),
      "ERR_CONFIG",
      /x\.json: input is not an array of numbers/,
    ],
  ])("%s", (_name, work, code, message) => {
    const [actualCode, actualMessage] = messageOf(work);
    expect(actualCode).toBe(code);
    expect(actualMessage).toMatch(message);
    expect(actualMessage).not.toContain("\n");
  });
});
