/** @file The self-checks of the exercises: right answers are right, usual slips get their hint, nothing is given away. */

import { derivative, type MathNode, parse } from "mathjs";
import { describe, expect, test } from "vitest";
import { checkAnswer } from "../../notebooks/tools/check-answer.ts";
import {
  checkCheapest,
  checkGreedy,
  checkLongest,
  checkNarrowest,
} from "../../notebooks/tools/exercises/beyond.ts";
import {
  checkFromTheLeft,
  checkJacobian,
  checkPullSoftmax,
  checkSlowerVjp,
} from "../../notebooks/tools/exercises/n-or-m.ts";
import {
  checkEvaluationFma,
  checkEvaluations,
  checkExp,
  checkTree,
  treeNetwork,
  treeNodesOf,
} from "../../notebooks/tools/exercises/three-ways.ts";
import {
  checkDamped,
  checkModes,
  checkRows,
  checkStates,
} from "../../notebooks/tools/exercises/why-backward.ts";
import { basis, buildChain, jvp, randomPoint, referenceJacobian, toRows, vjp } from "../../src/index.ts";

describe("numbers", () => {
  test.each([
    ["evaluations", checkEvaluations, 2000, 1001],
    ["evaluations in FMA", checkEvaluationFma, 101_000_000, 1001 * 50_500],
    ["from the left", checkFromTheLeft, 124, 74],
    ["a slower VJP", checkSlowerVjp, 1.5, 2 / 3],
    ["rows", checkRows, 41, 40],
    ["states", checkStates, 14, 20],
    ["cheapest bracketing", checkCheapest, 300, 1400],
    ["narrow place", checkNarrowest, 38, 100],
    ["longest chain", checkLongest, 35, 15],
  ])("%s", (_name, check, right, slip) => {
    expect(check(right)).toMatch(/: right\.$/);
    expect(check(null)).toMatch(/no answer yet/);
    expect(check(slip)).toMatch(/not yet\. (?!.* is too )/);
    const far = check(right * 17 + 3);
    expect(far).toMatch(/not yet\. .* is too large\.$/);
    expect(far).not.toContain(`${right} `);
  });

  test("an estimate may be off by its factor, not more", () => {
    const check = (given: number) => checkAnswer("x", given, 1000, { factor: 2 });
    expect([500, 1000, 2000].map(check)).toEqual(Array(3).fill("x: right."));
    expect(check(499)).toMatch(/too small/);
    expect(check(2001)).toMatch(/too large/);
    expect(check(Number.NaN)).toMatch(/no finite number/);
  });
});

test("the tree of a network is counted as mathjs has it", () => {
  const formulaOf = (depth: number): MathNode => {
    let formulas = ["x"];
    for (const { ownParameters, outputWidth } of treeNetwork(depth).layers) {
      const before = formulas;
      formulas =
        ownParameters === undefined
          ? before.map((formula) => `tanh(${formula})`)
          : Array.from({ length: outputWidth }, (_, i) =>
              [
                `${ownParameters.bias.get(i)}`,
                ...before.map((formula, j) => `${ownParameters.weights.get(i, j)} * ${formula}`),
              ].join(" + "),
            );
    }
    return parse(formulas[0]!);
  };
  for (const depth of [1, 2, 4]) {
    let nodes = 0;
    formulaOf(depth).traverse(() => {
      nodes += 1;
    });
    expect(treeNodesOf(treeNetwork(depth))).toBe(nodes);
    const slope = derivative(formulaOf(depth), "x", { simplify: false }).evaluate({ x: 0.3 });
    const x = randomPoint(1, 1);
    x.set(0, 0.3);
    expect(slope).toBeCloseTo(jvp(treeNetwork(depth), x, basis(1, 0))[1].get(0), 12);
  }
  expect(checkTree(1.8 * treeNodesOf(treeNetwork(20)))).toMatch(/right/);
  expect(checkTree(100)).toMatch(/too small/);
});

test("rules and functions", () => {
  const e = Math.exp(0.7);
  expect(checkExp((a) => ({ value: Math.exp(a.value), tangent: Math.exp(a.value) * a.tangent }))).toMatch(
    /right/,
  );
  expect(checkExp(() => ({ value: e, tangent: e }))).toMatch(/chain rule/);

  const rows = checkJacobian((chain, x) => toRows(referenceJacobian(chain, x)));
  expect(rows.map(({ entries }) => entries)).toEqual(["right", "right", "right"]);
  const columns = checkJacobian((chain, x) =>
    Array.from({ length: chain.n }, (_, j) => {
      const column = jvp(chain, x, basis(chain.n, j))[1];
      return Array.from({ length: chain.m }, (_, i) => column.get(i));
    }),
  );
  expect(columns.map(({ entries }) => entries)).toEqual(["not yet", "not yet", "not yet"]);

  const pull = (p: readonly number[], u: readonly number[]): number[] => {
    const mean = p.reduce((sum, one, i) => sum + one * u[i]!, 0);
    return p.map((one, i) => one * (u[i]! - mean));
  };
  expect(checkPullSoftmax(pull)).toMatch(/right/);
  expect(checkPullSoftmax((p, u) => p.map((one, i) => one * u[i]!))).toMatch(/not yet/);
  expect(checkPullSoftmax(() => [])).toMatch(/not yet/);

  expect(checkGreedy([10, 100, 1, 9])).toMatch(/^Right: greedy 9900 FMA, optimum 1090 FMA/);
  expect(checkGreedy([2, 3, 4, 5])).toMatch(/so does the optimum/);
  expect(checkGreedy([3, 3, 3, 3])).toMatch(/does not choose/);
  expect(checkGreedy([1, 2])).toMatch(/expected four/);
});

test("modes, and the damped product", () => {
  const verdicts = (modes: readonly string[]) => checkModes(modes).map(({ verdict }) => verdict);
  expect(verdicts(["reverse", "forward", "both", "Forward ", "reverse"])).toEqual(Array(5).fill("right"));
  expect(verdicts(["forward", "forward", "both"])).toEqual([
    "not yet: What is m?",
    "right",
    "right",
    "not yet: One direction: one column.",
    "not yet: Fewer seeds: compare n with m.",
  ]);

  const [widths, rngSeed] = [[4, 6, 3], 2] as const;
  const chain = buildChain({ widths, activation: "tanh", rngSeed });
  const x = randomPoint(4, rngSeed);
  const damped =
    (damping: (lambda: number, entry: number) => number) =>
    (lambda: number, v: ReturnType<typeof randomPoint>) => {
      const product = vjp(chain, x)[1](jvp(chain, x, v)[1]);
      return Array.from({ length: 4 }, (_, j) => product.get(j) + damping(lambda, v.get(j)));
    };
  expect(
    checkDamped(
      damped((lambda, entry) => lambda * entry),
      widths,
      rngSeed,
    ),
  ).toMatch(/right/);
  expect(
    checkDamped(
      damped(() => 0),
      widths,
      rngSeed,
    ),
  ).toMatch(/damping is missing/);
  expect(
    checkDamped(
      damped((_lambda, entry) => entry),
      widths,
      rngSeed,
    ),
  ).toMatch(/λ is missing/);
  expect(
    checkDamped(
      damped((lambda) => lambda),
      widths,
      rngSeed,
    ),
  ).toMatch(/entry j/);
});
