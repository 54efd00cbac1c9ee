/** @file The self-checks as a reader calls them: forms of answers, what is said to odd ones, and whether the truth is true. */

import { inspect } from "node:util";
import fc from "fast-check";
import { Matrix as MlMatrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import {
  buildChain,
  check,
  countCost,
  createChain,
  dense,
  gradient,
  matrix,
  randomPoint,
  softmaxCrossEntropy,
  vector,
} from "../../src/index.ts";
import { checkAnswer, PROBLEMS } from "../../src/lessons/check.ts";
import { type AnyProblem, asAnswers } from "./support.ts";

const { x, label, W, b, ndarrays } = check.problem3.instance();

/** −log softmax(z)_y in the plainest way. */
const lossOf = (z: readonly number[], y: number): number =>
  Math.log(z.reduce((sum, value) => sum + Math.exp(value), 0)) - z[y]!;
const affine = (A: readonly (readonly number[])[], v: readonly number[], c: readonly number[]): number[] =>
  A.map((row, i) => row.reduce((sum, a, j) => sum + a * v[j]!, c[i]!));
/** Central differences with respect to an array of rows (or one row), entry by entry. */
const slopes = (rows: readonly (readonly number[])[], f: (rows: number[][]) => number): number[][] =>
  rows.map((row, i) =>
    row.map((_, j) => {
      const at = (step: number): number =>
        f(rows.map((r, k) => r.map((value, l) => (k === i && l === j ? value + step : value))));
      return (at(1e-6) - at(-1e-6)) / 2e-6;
    }),
  );

describe("central differences of the plain formulas are right answers", () => {
  it.each([1, 2, 3])("problem 3, instance %i", (rngSeed) => {
    const given = check.problem3.instance(rngSeed);
    const batch = (A: number[][], c: readonly number[]): number =>
      given.X.reduce((sum, row, i) => sum + lossOf(affine(A, row, c), given.labels[i]!) / given.X.length, 0);
    const result = check.problem3(
      {
        W: slopes(given.W, (A) => lossOf(affine(A, given.x, given.b), given.label)),
        b: slopes([given.b], ([c]) => lossOf(affine(given.W, given.x, c!), given.label))[0]!,
        z: slopes([affine(given.W, given.x, given.b)], ([z]) => lossOf(z!, given.label))[0]!,
        batchW: slopes(given.W, (A) => batch(A, given.b)),
        batchb: slopes([given.b], ([c]) => batch(given.W, c!))[0]!,
        largeZ: slopes([given.largeZ.map((value) => value - 1000)], ([z]) =>
          lossOf(z!, given.largeLabel),
        )[0]!,
      },
      { rngSeed },
    );
    expect(result.toString()).toMatch(/^problem3: right\./);
    expect(result.parts.length).toBe(6);
  });

  it.each([1, 2, 3])("problem 4, instance %i", (rngSeed) => {
    const given = check.problem4.instance(rngSeed);
    const { V, c, u } = given;
    const last = (h: readonly number[]): number => lossOf(affine(given.W, h, given.b), given.label);
    const whole = (A: readonly number[][], v: readonly number[], shift: readonly number[]): number =>
      last(affine(A, v, shift).map(Math.tanh));
    const result = check.problem4(
      {
        x: slopes([given.x], ([h]) => last(h!))[0]!,
        V: slopes(V, (A) => whole(A, u, c)),
        c: slopes([c], ([shift]) => whole(V, u, shift!))[0]!,
        u: slopes([u], ([v]) => whole(V, v!, c))[0]!,
      },
      { rngSeed },
    );
    expect(result.toString()).toMatch(/^problem4: right\./);
    expect(result.parts.length).toBe(4);
  });

  it.each([1, 2, 3])("problem 5, instance %i", (rngSeed) => {
    const given = check.problem5.instance(rngSeed);
    const none = (length: number) => Array.from({ length }, () => 0);
    const inner = (W1: number[][], W2: number[][], v: readonly number[]): number =>
      affine(
        W2,
        affine(W1, v, none(6)).map((value) => Math.max(0, value)),
        v,
      ).reduce((sum, value, i) => sum + value * given.deltaY[i]!, 0);
    const result = check.problem5(
      {
        x: slopes([given.x], ([v]) => inner(given.W1, given.W2, v!))[0]!,
        W1: slopes(given.W1, (A) => inner(A, given.W2, given.x)),
        W2: slopes(given.W2, (A) => inner(given.W1, A, given.x)),
      },
      { rngSeed },
    );
    expect(result.toString()).toMatch(/^problem5: right\./);
  });

  it.each([1, 2, 3])("problem 2, instance %i: counted one by one", (rngSeed) => {
    const { widths } = check.problem2.instance(rngSeed);
    const count = (loss: "softmaxCrossEntropy" | undefined, strategy: string) => {
      const chain = buildChain({ widths, loss });
      return countCost(chain, randomPoint(chain.n, 1), { strategy }).fma;
    };
    const forwardFma = count(undefined, "forward");
    const reverseFma = count(undefined, "reverse");
    const result = check.problem2(
      {
        jvps: widths[0]!,
        vjps: widths.at(-1)!,
        sigma: forwardFma / widths[0]!,
        forwardFma,
        reverseFma,
        cheapest: forwardFma < reverseFma ? "forward" : "reverse",
        lossForwardFma: count("softmaxCrossEntropy", "forward"),
        lossReverseFma: count("softmaxCrossEntropy", "reverse"),
        parameterJvps: forwardFma / widths[0]! + widths.slice(1).reduce((sum, width) => sum + width, 0),
      },
      { rngSeed },
    );
    expect(result.toString()).toMatch(/^problem2: right\./);
    expect(result.parts.length).toBe(9);
  });
});

describe("an answer", () => {
  const chain = createChain([dense(ndarrays.W, ndarrays.b), softmaxCrossEntropy(3, label)]);
  const layer = gradient(chain, ndarrays.x, { withRespectTo: "parameters" }).parameters![0]!;
  const rows = Array.from({ length: 3 }, (_, i) =>
    Array.from({ length: 4 }, (__, j) => layer.weights.get(i, j)!),
  );
  const bias = Array.from({ length: 3 }, (_, i) => layer.bias.get(i)!);

  it.each([
    ["the toolkit's own layer", layer],
    ["an ndarray alone", layer.weights],
    ["nested arrays alone", rows],
    ["a flat array, row by row", rows.flat()],
    ["a typed array", Float64Array.from(rows.flat())],
    ["single precision", Float32Array.from(rows.flat())],
    ["rows of typed arrays", rows.map((row) => Float64Array.from(row))],
    ["rows of ndarrays", rows.map((row) => vector(row))],
    [
      "a transposed view of the transpose",
      matrix(rows[0]!.map((_, j) => rows.map((row) => row[j]!))).transpose(1, 0),
    ],
    ["a matrix of ml-matrix", new MlMatrix(rows)],
    ["a bias alone", bias],
    ["a bias as a column", { b: bias.map((value) => [value]) }],
    ["parts by name", { W: rows, b: layer.bias, z: Float64Array.from(bias) }],
    ["parts left undefined", { W: rows, b: undefined }],
  ])("may be %s", (_, answer) => {
    const result = check.problem3(answer as number[]);
    expect(result.toString()).toMatch(/^problem3: right\./);
  });

  it("that is one part alone is told what else there is", () => {
    expect(check.problem3({ W: rows }).message).toMatch(
      /^W: right \(to rounding\)\. Not given: b, z, batchW/,
    );
  });

  it("of another instance is wrong here", () => {
    expect(check.problem3({ W: rows }, { rngSeed: 2 }).correct).toBe(false);
  });

  it.each([
    [{ W: rows.slice(1) }, "wrong-shape", "W: shape [2, 4]; expected shape [3, 4]."],
    [{ W: 3 }, "wrong-shape", "W: one number; expected shape [3, 4]."],
    [{ W: [[1, 2], [3]] }, "not-numbers", "row 1 has 1 entries and row 0 has 2"],
    [{ W: [["1", "2"]] }, "not-numbers", 'entry [0, 0] is the text "1"'],
    [{ W: [] }, "not-numbers", "it is empty"],
    [{ W: [[]] }, "not-numbers", "its rows are empty"],
    [{ W: {} }, "not-numbers", "it is an object"],
    [{ W: () => rows }, "not-numbers", "it is a function"],
    [{ W: "reverse" }, "not-numbers", 'the word "reverse"'],
    [{ w: rows }, "unknown-part", 'There is no part "w".'],
    [{}, "nothing-given", "Nothing was given."],
    [undefined, "not-numbers", "it is undefined"],
    [{ z: [Number.NaN, 0, 0] }, "non-finite", "z: not finite at [0]: NaN."],
    [{ largeZ: [null, null, null] }, "non-finite", "largeZ: not finite at [0]"],
    [{ b: [bias] }, "row-for-gradient", "b: shape [1, 3]; expected shape [3]."],
  ])("%j is an answer too: %s", (answer, slip, message) => {
    const result = check.problem3(answer as never);
    expect(result.correct).toBe(false);
    expect(result.slip).toBe(slip);
    expect(result.message).toContain(message);
    expect(result.hint).toBeTruthy();
  });

  it("may be anything at all, and never throws", () => {
    fc.assert(
      fc.property(
        fc.anything({ withNullPrototype: true, withTypedArray: true, withBigInt: true }),
        (answer) => {
          for (const problem of PROBLEMS as readonly AnyProblem[]) {
            expect(checkAnswer(problem, answer).correct).toBe(false);
            for (const { name } of problem.parts) checkAnswer(problem, { [name]: answer }).toString();
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("problem 2", () => {
  it.each(["reverse", "Reverse mode", "VJPs", { cheapest: "backward" }])("takes the word %j", (answer) => {
    expect(check.problem2(answer, { widths: [5, 3, 2] }).correct).toBe(true);
  });

  it("knows that equal widths make modes equal", () => {
    expect(check.problem2("forward", { widths: [3, 5, 3] }).correct).toBe(true);
    expect(check.problem2({ cheapest: "either" }, { widths: [3, 5, 3] }).correct).toBe(true);
    expect(check.problem2({ cheapest: "either" }, { widths: [5, 3, 2] }).correct).toBe(false);
  });

  it("tells the swap of n and m in words and in numbers", () => {
    expect(check.problem2({ cheapest: "forward" }, { widths: [5, 3, 2] }).slip).toBe("n-and-m-swapped");
    expect(check.problem2({ jvps: 2 }, { widths: [5, 3, 2] }).slip).toBe("n-and-m-swapped");
    expect(check.problem2({ forwardFma: 42 }, { widths: [5, 3, 2] }).slip).toBe("n-and-m-swapped");
    expect(check.problem2({ forwardFma: 105 }, { widths: [5, 3, 2] }).correct).toBe(true);
  });

  it("takes widths of a real network, and the course's numbers", () => {
    const widths = [784, 512, 256, 128, 10];
    const answer = {
      sigma: 566_528,
      vjps: 10,
      reverseFma: 5_665_280,
      parameterJvps: 567_434,
      cheapest: "reverse",
    };
    expect(check.problem2(answer, { widths }).correct).toBe(true);
    expect(check.problem2({ parameterJvps: 566_528 }, { widths }).slip).toBe("biases-missing");
    expect(check.problem2({ sigma: 566_529 }, { widths }).correct).toBe(false);
  });
});

describe("a result", () => {
  it("says of a count of 0, as a stub has it, that nothing is counted yet", () => {
    expect(check.problem2({ sigma: 0 }).hint).toMatch(/^Nothing is counted yet\. Asked for: FMA/);
    expect(check.problem2({ sigma: 10_000_019 }).hint).toMatch(/^No usual slip/);
  });

  const wrong = check.problem3({ W: W.map((row) => row.map((value) => 2 * value)) });

  it("prints as text in Node, and as Markdown and text in a notebook", () => {
    expect(inspect(wrong)).toBe(`${wrong}`);
    expect(`${wrong}`).toMatch(
      /^problem3: not right yet\.\n {2}W: not right, relative error [\d.]+\.\nHint: No usual/,
    );
    const bundle = (wrong as unknown as Record<symbol, () => Record<string, string>>)[
      Symbol.for("Jupyter.display")
    ]!();
    expect(Object.keys(bundle)).toEqual(["text/markdown", "text/plain"]);
    expect(bundle["text/markdown"]).toContain("**Hint:** No usual slip");
    expect(bundle["text/plain"]).toBe(`${wrong}`);
  });

  it("is plain data in JSON", () => {
    const data = JSON.parse(JSON.stringify(wrong));
    expect(Object.keys(data).sort()).toEqual([
      "correct",
      "hint",
      "maxRelativeError",
      "message",
      "parts",
      "problem",
    ]);
  });
});

describe("an instance", () => {
  it("is plain data, with ndarrays beside it", () => {
    const instance = check.problem3.instance(3);
    expect(JSON.parse(JSON.stringify(instance))).toEqual({ ...instance });
    expect(Object.keys(instance)).not.toContain("ndarrays");
    expect(instance.ndarrays.W.shape).toEqual([3, 4]);
    expect(instance.ndarrays.X.get(4, 3)).toBe(instance.X[4]![3]);
    expect(x.length + b.length).toBe(7);
  });

  it("is refused for numbers that start no generator, and for widths where there are none", () => {
    expect(() => check.problem3.instance(0.5)).toThrow("rngSeed is 0.5; expected an integer");
    expect(() => check.problem5([1], { widths: [2, 3] })).toThrow("problem5: takes no widths");
    expect(() => check.problem2("forward", { widths: [2] })).toThrow("expected at least two");
  });

  it("keeps away from the kink of ReLU", () => {
    for (let rngSeed = 0; rngSeed < 50; rngSeed++) {
      const { W1, x } = check.problem5.instance(rngSeed);
      for (const value of affine(W1, x, [0, 0, 0, 0, 0, 0])) expect(Math.abs(value)).toBeGreaterThan(0.05);
    }
  });
});

it("the right answers of a problem are no answer to another instance", () => {
  for (const problem of PROBLEMS as readonly AnyProblem[]) {
    const answers = asAnswers(problem.truth(problem.instance({ rngSeed: 11 })));
    expect(checkAnswer(problem, answers, { rngSeed: 12 }).correct).toBe(false);
  }
});
