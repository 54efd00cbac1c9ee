/** @file Random chains: the same everywhere, bounded at any depth; stable exponentials; what users may get wrong. */

import { describe, expect, it } from "vitest";
import { prepareJacobian } from "../../src/ad/jacobian.ts";
import { jvp } from "../../src/ad/jvp.ts";
import { vjp } from "../../src/ad/vjp.ts";
import { entries, matrix, maxAbs, type Vector, vector, zeros } from "../../src/array.ts";
import { activation } from "../../src/chain/activation.ts";
import { buildChain, buildShape, randomPoint } from "../../src/chain/build.ts";
import { createChain, evaluate } from "../../src/chain/chain.ts";
import { dense } from "../../src/chain/dense.ts";
import { negativeLogLikelihood, softmaxCrossEntropy } from "../../src/chain/loss.ts";
import { residual } from "../../src/chain/residual.ts";
import { logSoftmax, softmax } from "../../src/chain/softmax.ts";
import { JacobenchError } from "../../src/errors.ts";
import { kernelById } from "../../src/kernels/index.ts";
import { createAllocator } from "../../src/memory.ts";
import { FIRST_WEIGHTS } from "../support/first-weights.ts";

const kernel = kernelById("typed").create(createAllocator());

function errorOf(work: () => unknown): JacobenchError {
  try {
    work();
  } catch (error) {
    if (error instanceof JacobenchError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("random chains", () => {
  it("are the same bit for bit on every machine", () => {
    const { weights } = buildChain({ widths: [2, 3], rngSeed: 1 }).layers[0]!.ownParameters!;
    expect([...weights.data]).toEqual(FIRST_WEIGHTS);
  });

  it("differ with rngSeed, and between layers", () => {
    const weights = (rngSeed: number, layer: number) =>
      entries(buildChain({ widths: [4, 4, 4], rngSeed }).layers[layer]!.ownParameters!.weights);
    expect(weights(1, 0)).not.toEqual(weights(2, 0));
    expect(weights(1, 0)).not.toEqual(weights(1, 1));
  });

  it.each(["relu", "tanh", "sigmoid", "softplus", undefined] as const)(
    "neither vanish nor blow up at depth 60 with %s",
    (name) => {
      const chain = buildChain({ widths: Array<number>(61).fill(64), activation: name, rngSeed: 5 });
      const y = evaluate(chain, randomPoint(64, 5), kernel);
      expect(maxAbs(y)).toBeGreaterThan(1e-4);
      expect(maxAbs(y)).toBeLessThan(1e4);
    },
  );

  it("have the shape that is predicted without weights", () => {
    const spec = { widths: [3, 5, 4], activation: "tanh", loss: "softmaxCrossEntropy" } as const;
    const { layers } = buildShape(spec);
    const built = buildChain(spec).shape.layers;
    expect(built.length).toBe(layers.length);
    for (const [i, layer] of layers.entries()) expect(built[i]).toMatchObject(layer);
  });
});

describe("exponentials stay finite for logits of ±1e6", () => {
  const logits = vector([1e6, -1e6, 0, 999_999]);
  const jacobianOf = (layer: ReturnType<typeof softmax>, x: Vector) =>
    prepareJacobian(createChain([layer]), x, { strategy: "reverse" }).run();

  it.each([
    ["softmax", softmax(4)],
    ["logSoftmax", logSoftmax(4)],
    ["softmaxCrossEntropy", softmaxCrossEntropy(4, 1)],
  ])("%s", (_name, layer) => {
    const chain = createChain([layer]);
    for (const strategy of ["forward", "reverse", "complex-step"]) {
      const J = prepareJacobian(chain, logits, { strategy }).run();
      expect(entries(J).every(Number.isFinite), strategy).toBe(true);
    }
    expect(entries(evaluate(chain, logits, kernel)).every(Number.isFinite)).toBe(true);
  });

  it("with the right values: p = (σ(1), 0, 0, σ(−1)), and a loss of 2e6", () => {
    const p = entries(evaluate(createChain([softmax(4)]), logits, kernel));
    expect(p[0]).toBeCloseTo(1 / (1 + Math.exp(-1)), 15);
    expect(p[1]).toBe(0);
    const loss = evaluate(createChain([softmaxCrossEntropy(4, 1)]), logits, kernel).get(0)!;
    expect(loss).toBeCloseTo(2e6 + Math.log(1 + Math.exp(-1)), 6);
    const row = entries(jacobianOf(softmaxCrossEntropy(4, 1), logits));
    expect(row).toEqual([p[0], p[1]! - 1, p[2], p[3]]);
  });
});

describe("known Jacobians", () => {
  it("of softmax is diag(p) − p·pᵀ", () => {
    const z = vector([0.2, -1, 0.7]);
    const p = entries(evaluate(createChain([softmax(3)]), z, kernel));
    const J = prepareJacobian(createChain([softmax(3)]), z, { strategy: "forward" }).run();
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) expect(J.get(i, j)).toBeCloseTo(p[i]! * ((i === j ? 1 : 0) - p[j]!), 15);
    }
  });

  it("of ReLU at 0 is 0", () => {
    const J = prepareJacobian(createChain([activation("relu", 3)]), vector([-1, 0, 2]), {
      strategy: "reverse",
    }).run();
    expect(entries(J)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1]);
  });

  it("of the skip connection: δ_x = W1ᵀ(1[W1·x > 0] ⊙ W2ᵀ·δ_y) + δ_y", () => {
    const [W1, W2] = [
      matrix([
        [1, -2],
        [0.5, 1],
        [-1, 3],
      ]),
      matrix([
        [2, 0, 1],
        [-1, 1, 0.5],
      ]),
    ];
    const skip = createChain([residual([dense(W1, zeros(3)), activation("relu", 3), dense(W2, zeros(2))])]);
    const [x, delta] = [
      [0.3, 0.9],
      [1, -2],
    ] as const;
    const z = [0, 1, 2].map((i) => W1.get(i, 0)! * x[0] + W1.get(i, 1)! * x[1]);
    const inner = z.map((zi, i) => (zi > 0 ? W2.get(0, i)! * delta[0] + W2.get(1, i)! * delta[1] : 0));
    const expected = [0, 1].map((j) => inner.reduce((sum, d, i) => sum + W1.get(i, j)! * d, 0) + delta[j]!);
    const actual = entries(vjp(skip, vector(x))[1](vector(delta)));
    for (const [j, value] of expected.entries()) expect(actual[j]).toBeCloseTo(value, 14);
  });

  it("is not the transpose: J of y = W·x is W, 2 × 3", () => {
    const W = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    const chain = createChain([dense(matrix(W), zeros(2))]);
    for (const strategy of [
      "forward",
      "reverse",
      "forward-blocked",
      "reverse-blocked",
      "product-left-to-right",
    ]) {
      const J = prepareJacobian(chain, vector([1, 1, 1]), { strategy }).run();
      expect(J.shape).toEqual([2, 3]);
      expect(entries(J)).toEqual(W.flat());
    }
  });
});

describe("what users may get wrong is named", () => {
  const chain = buildChain({ widths: [3, 5, 2] });

  it("a tangent of the wrong length", () => {
    const error = errorOf(() => jvp(chain, vector([0, 0, 0]), vector([1, 0])));
    expect(error.code).toBe("ERR_SHAPE");
    expect(error.message).toBe("jvp: tangent has length 2; expected n = 3 (chain.widths[0])");
  });

  it("a cotangent of the wrong length", () => {
    const [, pullback] = vjp(chain, vector([0, 0, 0]));
    expect(errorOf(() => pullback(vector([1]))).message).toBe(
      "pullback: cotangent has length 1; expected m = 2 (chain.widths[2])",
    );
  });

  it.each([
    [[3], "buildChain: 1 width given; expected at least two (n and m)"],
    [[3, 0, 2], "buildChain: widths[1] is 0; expected an integer from 1 to 1000000"],
    [[3, 2.5], "buildChain: widths[1] is 2.5; expected an integer from 1 to 1000000"],
    [[Number.NaN, 2], "buildChain: widths[0] is NaN; expected an integer from 1 to 1000000"],
  ])("widths %j", (widths, message) => {
    const error = errorOf(() => buildChain({ widths }));
    expect([error.code, error.message]).toEqual(["ERR_RANGE", message]);
  });

  it("layers that do not fit: the layer and the two numbers", () => {
    const error = errorOf(() => createChain([dense(zeros(3, 2), zeros(3)), activation("relu", 4)]));
    expect(error.message).toMatch(/layer 2 \(relu\) takes width 4, but layer 1 \(dense\) gives width 3/);
  });

  it("a residual layer that changes the width", () => {
    expect(errorOf(() => residual([dense(zeros(3, 2), zeros(3))])).message).toMatch(/map width 2 to 3/);
  });

  it("labels out of range, NaN and infinite weights, a non-finite point", () => {
    expect(errorOf(() => negativeLogLikelihood(3, 3)).message).toMatch(
      /label is 3; expected an integer from 0 to 2/,
    );
    expect(errorOf(() => dense(matrix([[1, Number.NaN]]), zeros(1))).message).toMatch(
      /weights\[0, 1\] is NaN/,
    );
    expect(errorOf(() => dense(matrix([[1]]), vector([Number.POSITIVE_INFINITY]))).message).toMatch(
      /bias\[0\] is Inf/,
    );
    const nan = vector([0, Number.NaN, 0]);
    expect(errorOf(() => prepareJacobian(chain, nan, { strategy: "forward" })).code).toBe("ERR_NON_FINITE");
  });

  it("strategies, kernels and options that do not exist", () => {
    const choose = (choice: object) =>
      errorOf(() => prepareJacobian(chain, vector([0, 0, 0]), choice as never));
    expect(choose({ strategy: "revers" }).message).toMatch(
      /"revers" is not known; .*did you mean "reverse"\?/,
    );
    expect(choose({ strategy: "forward", kernel: "type" }).message).toMatch(/did you mean "typed"\?/);
    expect(choose({ strategy: "forward", blockSize: 4 }).message).toMatch(/has no option blockSize/);
    expect(choose({ strategy: "forward-blocked", blockSize: 0 }).message).toMatch(/blockSize is 0/);
  });
});
