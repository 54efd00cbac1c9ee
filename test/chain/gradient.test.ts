/** @file Gradients against the formulas of the course, single and for a batch. */

import { describe, expect, it } from "vitest";
import { gradient } from "../../src/ad/gradient.ts";
import { prepareJacobian } from "../../src/ad/jacobian.ts";
import { parameterJvp, parameterVjp, zeroParameters } from "../../src/ad/parameters.ts";
import { entries, type Matrix, matrix, maxAbsDifference, type Vector, vector } from "../../src/array.ts";
import { activation } from "../../src/chain/activation.ts";
import { buildChain, randomPoint } from "../../src/chain/build.ts";
import { type Chain, createChain, evaluate } from "../../src/chain/chain.ts";
import { dense } from "../../src/chain/dense.ts";
import { softmaxCrossEntropy } from "../../src/chain/loss.ts";
import { residual } from "../../src/chain/residual.ts";
import { softmax } from "../../src/chain/softmax.ts";
import { kernelById } from "../../src/kernels/index.ts";
import { createAllocator } from "../../src/memory.ts";

const kernel = kernelById("typed").create(createAllocator());
const W = matrix([
  [0.2, -1, 0.5, 0.3],
  [1, 0.1, -0.4, 0.6],
  [-0.3, 0.8, 0.9, -1.2],
]);
const b = vector([0.1, -0.2, 0.3]);
const logistic = (label: number): Chain => createChain([dense(W, b), softmaxCrossEntropy(3, label)]);
const probabilities = (x: Vector): number[] =>
  entries(evaluate(createChain([dense(W, b), softmax(3)]), x, kernel));

describe("multiclass logistic regression (Problems 3 and 4)", () => {
  const x = vector([0.4, -0.7, 1.1, 0.2]);
  const y = 2;
  const p = probabilities(x);
  const error = p.map((pi, i) => pi - (i === y ? 1 : 0));

  it("∇_W L = (p − e_y)·xᵀ and ∇_b L = p − e_y", () => {
    const { loss, parameters, input } = gradient(logistic(y), x, { withRespectTo: "parameters" });
    expect(input).toBeNull();
    expect(loss).toBeCloseTo(-Math.log(p[y]!), 14);
    const [layer] = parameters!;
    expect(layer!.weights.shape).toEqual([3, 4]);
    for (let i = 0; i < 3; i++) {
      expect(layer!.bias.get(i)).toBeCloseTo(error[i]!, 15);
      for (let j = 0; j < 4; j++) expect(layer!.weights.get(i, j)).toBeCloseTo(error[i]! * x.get(j)!, 15);
    }
  });

  it("∇_x L = Wᵀ·(p − e_y)", () => {
    const { input } = gradient(logistic(y), x);
    for (let j = 0; j < 4; j++) {
      const expected = error.reduce((sum, e, i) => sum + W.get(i, j)! * e, 0);
      expect(input!.get(j)).toBeCloseTo(expected, 14);
    }
  });
});

describe("a batch", () => {
  const rows = [
    [0.4, -0.7, 1.1, 0.2],
    [1, 2, -1, 0.5],
    [0, 0.3, -0.2, 0.9],
  ];
  const labels = [2, 0, 2];
  const singles = rows.map((row, i) =>
    gradient(logistic(labels[i]!), vector(row), { withRespectTo: "parameters" }),
  );

  it.each([
    ["sum", 1],
    ["mean", 1 / 3],
  ] as const)("of reduction %s is that of its rows", (reduction, weight) => {
    const { loss, parameters } = gradient(logistic(0), matrix(rows), {
      withRespectTo: "parameters",
      labels,
      reduction,
    });
    expect(loss).toBeCloseTo(weight * singles.reduce((sum, single) => sum + single.loss, 0), 14);
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 4; j++) {
        const expected = weight * singles.reduce((sum, s) => sum + s.parameters![0]!.weights.get(i, j)!, 0);
        expect(parameters![0]!.weights.get(i, j)).toBeCloseTo(expected, 14);
      }
    }
  });

  it("with respect to the input has the shape of the batch", () => {
    const { input } = gradient(logistic(0), matrix(rows), { labels, reduction: "sum" });
    expect(input!.shape).toEqual([3, 4]);
    const single = gradient(logistic(0), vector(rows[1]!)).input!;
    expect(maxAbsDifference(input!.pick(1, null), single)).toBe(0);
  });

  it("is refused when labels do not fit, or when f is no scalar", () => {
    expect(() => gradient(logistic(0), matrix(rows), { labels: [1] })).toThrow("1 labels for 3 rows of x");
    expect(() => gradient(logistic(0), matrix(rows), { labels: [0, 1, 3] })).toThrow("label is 3");
    expect(() => gradient(buildChain({ widths: [4, 2] }), vector(rows[0]!))).toThrow(
      "m = 2 outputs; expected a scalar",
    );
    expect(() =>
      gradient(createChain([softmaxCrossEntropy(3, 0)]), vector([0, 0, 0]), { withRespectTo: "parameters" }),
    ).toThrow("no parameters");
  });
});

describe("deeper chains", () => {
  it("agree with central differences in every weight, through a residual layer", () => {
    const base = buildChain({ widths: [3, 4, 4], activation: "tanh", rngSeed: 3 }).layers;
    const chain = createChain([
      ...base.slice(0, 2),
      residual([base[2]!, activation("sigmoid", 4)]),
      softmaxCrossEntropy(4, 1),
    ]);
    const x = randomPoint(3, 4);
    const { parameters } = gradient(chain, x, { withRespectTo: "parameters" });
    const own = [base[0]!.ownParameters!, base[2]!.ownParameters!];
    const lossAt = (): number => evaluate(chain, x, kernel).get(0)!;
    for (const [k, { weights, bias }] of own.entries()) {
      for (const [values, derivative] of [
        [weights, parameters![k]!.weights],
        [bias, parameters![k]!.bias],
      ] as const) {
        for (const [i, exact] of entries(derivative).entries()) {
          const before = values.data[i]!;
          values.data[i] = before + 1e-5;
          const above = lossAt();
          values.data[i] = before - 1e-5;
          const below = lossAt();
          values.data[i] = before;
          expect((above - below) / 2e-5).toBeCloseTo(exact, 8);
        }
      }
    }
  });

  it("give the one row of the Jacobian", () => {
    const chain = buildChain({ widths: [6, 5, 3], activation: "softplus", loss: "softmaxCrossEntropy" });
    const x = randomPoint(6, 1);
    const row = prepareJacobian(chain, x, { strategy: "forward" }).run().pick(0, null);
    expect(maxAbsDifference(gradient(chain, x).input!, row)).toBeLessThan(1e-15);
  });
});

describe("products with respect to parameters", () => {
  const chain = buildChain({ widths: [3, 4, 2], activation: "tanh", rngSeed: 9 });
  const batch = matrix([
    [0.1, 0.5, -0.3],
    [1, -1, 0.2],
  ]);

  it("satisfy ⟨u, J·dθ⟩ = ⟨Jᵀ·u, dθ⟩, for a batch", () => {
    const tangent = zeroParameters(chain);
    let k = 0;
    for (const { weights, bias } of tangent) {
      for (let i = 0; i < weights.shape[0]!; i++) {
        for (let j = 0; j < weights.shape[1]!; j++) weights.set(i, j, Math.sin(++k));
        bias.set(i, Math.sin(++k));
      }
    }
    const [y, dy] = parameterJvp(chain, batch, tangent);
    const [value, pullback] = parameterVjp(chain, batch);
    expect(maxAbsDifference(y, value)).toBe(0);
    expect(dy.shape).toEqual([2, 2]);
    const u = matrix([
      [0.3, -1],
      [2, 0.7],
    ]);
    const products = (a: Matrix, b: Matrix) => entries(a).reduce((sum, v, i) => sum + v * entries(b)[i]!, 0);
    const pulled = pullback(u);
    const right = tangent.reduce(
      (sum, t, i) => sum + products(t.weights, pulled[i]!.weights) + products(t.bias, pulled[i]!.bias),
      0,
    );
    expect(products(u, dy)).toBeCloseTo(right, 13);
  });

  it("refuse what does not fit", () => {
    expect(() => parameterJvp(chain, batch, zeroParameters(chain).slice(1))).toThrow(
      "tangent of dense layer 1 has",
    );
    expect(() => parameterVjp(chain, batch)[1](matrix([[1, 2]]))).toThrow("expected [2, 2], the shape of y");
  });
});
