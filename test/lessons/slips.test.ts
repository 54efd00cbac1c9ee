/** @file Property tests of the self-checks: over random instances the right answer passes and every slip is recognised as itself. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkAnswer, PROBLEMS } from "../../src/lessons/check.ts";
import { createRandom } from "../../src/random.ts";
import { type AnyProblem, asAnswer, asAnswers } from "./support.ts";

const problems = (PROBLEMS as readonly AnyProblem[]).map((problem) => [problem.id, problem] as const);
const rngSeeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const RUNS = { numRuns: 40 };

/** Slips whose presence the course relies on. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  problem2: [
    "n-and-m-swapped",
    "primal-counted",
    "one-product",
    "unit-seeds-read",
    "still-m-products",
    "flops",
  ],
  problem3: ["label-missing", "sum-for-mean", "bias-forgotten", "softmax-twice", "log-forgotten", "clipped"],
  problem4: [
    "label-missing",
    "activation-derivative-missing",
    "activation-derivative-misplaced",
    "bias-forgotten",
  ],
  problem5: [
    "skip-forgotten",
    "mask-forgotten",
    "skip-and-mask-forgotten",
    "mask-of-wrong-layer",
    "skip-adds-x",
  ],
};

describe.each(problems)("%s", (id, problem) => {
  const exact = problem.exact;

  it("has the slips that its lesson names", () => {
    const ids = problem.slips(problem.instance({})).map((slip) => slip.id);
    for (const slip of EXPECTED[id]!) expect(ids).toContain(slip);
  });

  it("is the same for the same rngSeed, and another for another", () => {
    expect(problem.instance({ rngSeed: 5 })).toEqual(problem.instance({ rngSeed: 5 }));
    expect(problem.instance({ rngSeed: 5 })).not.toEqual(problem.instance({ rngSeed: 6 }));
    expect(problem.instance({})).toEqual(problem.instance({ rngSeed: 1 }));
  });

  it("accepts the right answer, with rounding noise of 1e-9", () => {
    fc.assert(
      fc.property(rngSeeds, (rngSeed) => {
        const truth = problem.truth(problem.instance({ rngSeed }));
        const random = createRandom(rngSeed);
        const noise = (entry: number) => (exact ? entry : entry * (1 + 1e-9 * (2 * random.uniform() - 1)));
        const result = checkAnswer(problem, asAnswers(truth, noise), { rngSeed });
        expect(result.toString()).toContain(`${id}: right.`);
        expect(result.correct).toBe(true);
        expect(result.slip).toBeUndefined();
        expect(result.maxRelativeError).toBeLessThan(1e-8);
      }),
      RUNS,
    );
  });

  it("recognises every slip as itself, in every part that it changes", () => {
    fc.assert(
      fc.property(rngSeeds, (rngSeed) => {
        for (const { id: slip, hint, values } of problem.slips(problem.instance({ rngSeed }))) {
          for (const [name, value] of Object.entries(values)) {
            const result = checkAnswer(problem, { [name]: asAnswer(value) }, { rngSeed });
            expect({ name, slip: result.slip }).toEqual({ name, slip });
            expect(result.correct).toBe(false);
            expect(result.hint!.length).toBeGreaterThan(20);
            expect(hint).not.toContain("undefined");
          }
        }
      }),
      RUNS,
    );
  });

  it("finds no known slip in garbage, and names an entry", () => {
    fc.assert(
      fc.property(rngSeeds, (rngSeed) => {
        const truth = problem.truth(problem.instance({ rngSeed }));
        const random = createRandom(rngSeed);
        for (const [name, value] of Object.entries(truth)) {
          if (typeof value === "string") continue;
          const garbage = asAnswer(value, (entry) =>
            exact ? 1e7 + random.integer(0, 1e6) : entry + 5 * random.uniform() + 3,
          );
          const result = checkAnswer(problem, { [name]: garbage }, { rngSeed });
          expect(result.correct).toBe(false);
          expect({ name, slip: result.slip }).toEqual({ name, slip: undefined });
          expect(result.hint).toContain(exact ? "No usual slip" : "largest error is at [");
        }
      }),
      RUNS,
    );
  });
});

describe.each(problems.filter(([, problem]) => !problem.exact))("%s, whatever its formula", (_, problem) => {
  const matrixOf = (values: readonly (readonly number[])[]) =>
    values[0]!.map((__, j) => values.map((row) => row[j]!));

  it("recognises a wrong sign, factors, the transpose, a row for a gradient, another part", () => {
    fc.assert(
      fc.property(rngSeeds, (rngSeed) => {
        const truth = problem.truth(problem.instance({ rngSeed }));
        const slipOf = (name: string, answer: unknown) =>
          checkAnswer(problem, { [name]: answer }, { rngSeed }).slip;
        for (const [name, value] of Object.entries(truth)) {
          expect(
            slipOf(
              name,
              asAnswer(value, (entry) => -entry),
            ),
          ).toBe("sign");
          expect(
            slipOf(
              name,
              asAnswer(value, (entry) => 2 * entry),
            ),
          ).toBe("factor-2");
          expect(
            slipOf(
              name,
              asAnswer(value, (entry) => entry / 2),
            ),
          ).toBe("factor-half");
          expect(
            slipOf(
              name,
              asAnswer(value, () => 0),
            ),
          ).toBe("zero");
          expect(
            slipOf(
              name,
              asAnswer(value, (entry) => 7.3 * entry),
            ),
          ).toBe("scaled");
          expect(
            slipOf(
              name,
              asAnswer(value, (entry) => entry * (1 + 1e-4)),
            ),
          ).toBe("inexact");
          expect(
            slipOf(
              name,
              asAnswer(value, (entry, k) => (k === 0 ? Number.NaN : entry)),
            ),
          ).toBe("non-finite");
          const answer = asAnswer(value);
          if (Array.isArray(answer) && typeof answer[0] === "object") {
            const turned = matrixOf(answer as number[][]);
            expect(slipOf(name, turned)).toBe("transposed");
            const flat = turned.flat();
            expect(
              slipOf(
                name,
                asAnswer(value, (__, k) => flat[k]!),
              ),
            ).toBe("reshaped");
          } else {
            expect(slipOf(name, [answer])).toBe("row-for-gradient");
            expect(
              slipOf(
                name,
                (answer as number[]).map((entry) => [entry]),
              ),
            ).toBeUndefined();
          }
        }
      }),
      RUNS,
    );
  });

  it("recognises a slip with a wrong sign", () => {
    fc.assert(
      fc.property(rngSeeds, (rngSeed) => {
        const slips = problem.slips(problem.instance({ rngSeed }));
        const { id, values } = slips[0]!;
        const [name, value] = Object.entries(values)[0]!;
        const result = checkAnswer(problem, { [name]: asAnswer(value, (entry) => -entry) }, { rngSeed });
        expect(result.slip).toBe(`${id}+sign`);
        expect(result.hint).toMatch(/^Two slips at once\./);
      }),
      RUNS,
    );
  });
});
