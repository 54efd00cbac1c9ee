/** @file Statements against a known truth, a few results of each machine; test/integration has two hundred. */

import { expect, it } from "vitest";
import { shippedDesign } from "../../analysis/simulation/designs.ts";
import { mostWrong, TRUTHS, truthTally } from "../../analysis/simulation/truth.ts";
import { USUAL } from "../../analysis/simulation/whole.ts";

const cases = shippedDesign("kernels");
const NOISE = { name: "no case effects", case: 0, process: 0.03, round: 0.05 };
const settings = { cases, repetitions: 4, rngSeed: 3 };

it.each(
  TRUTHS.flatMap((truth) =>
    [USUAL[0]!, NOISE].map((noise) => [truth.name, noise.name, truth, noise] as const),
  ),
)("reports of a machine state what is true of it: %s, %s", (_, _noise, truth, noise) => {
  const { comparisons, wrongVerdicts } = truthTally({ ...settings, truth, noise });
  expect(wrongVerdicts).toEqual([]);
  expect([...comparisons.keys()]).toEqual(
    expect.arrayContaining(["exponent of n", "exponent of m", "exponent of Σ", "last third / first third"]),
  );
  for (const [quantity, { looked, wrong }] of comparisons) {
    expect(wrong, quantity).toBeLessThanOrEqual(mostWrong(looked));
  }
});

it("a machine that is taken for another is found out", () => {
  const [pure, , , cheaper, dearer] = TRUTHS;
  const taken = (truth: (typeof TRUTHS)[number], belief: (typeof TRUTHS)[number]) =>
    truthTally({ ...settings, truth, belief, noise: NOISE });
  const { comparisons, wrongVerdicts } = taken(dearer!, pure!);
  const { looked, wrong } = comparisons.get("exponent of Σ")!;
  expect(wrong).toBeGreaterThan(mostWrong(looked));
  expect(wrongVerdicts).not.toEqual([]);
  expect(taken(pure!, dearer!).wrongVerdicts).not.toEqual([]);
  const slow = taken(cheaper!, pure!).comparisons.get("exponent of Σ")!;
  expect(slow.wrong).toBeGreaterThan(mostWrong(slow.looked));
});
