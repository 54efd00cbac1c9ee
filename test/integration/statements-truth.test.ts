/** @file Two hundred results of machines whose law is known: no statement is refuted by the truth beyond what intervals miss. */

import { expect, it } from "vitest";
import { shippedDesign } from "../../analysis/simulation/designs.ts";
import { mostWrong, TRUTHS, truthTally } from "../../analysis/simulation/truth.ts";
import { USUAL } from "../../analysis/simulation/whole.ts";

const NOISE = { name: "no case effects", case: 0, process: 0.03, round: 0.05 };

it.each(
  TRUTHS.flatMap((truth) =>
    [USUAL[0]!, NOISE].map((noise) => [truth.name, noise.name, { truth, noise }] as const),
  ),
)("%s, %s", (_, _noise, { truth, noise }) => {
  const cases = shippedDesign("scaling");
  const { comparisons, wrongVerdicts, unknown } = truthTally({
    cases,
    truth,
    noise,
    repetitions: 20,
    rngSeed: 12,
  });
  expect(wrongVerdicts).toEqual([]);
  for (const [quantity, { looked, wrong }] of comparisons) {
    expect(wrong, quantity).toBeLessThanOrEqual(mostWrong(looked));
  }
  // Of a single case with an effect of its own, and of a fit to another law, nothing is known.
  for (const quantity of unknown) {
    expect(quantity).toMatch(/^(time \/ that of|forward \/ reverse in every case|correlation of measured)/);
  }
});
