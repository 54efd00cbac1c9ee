/** @file Verdicts on real timings: an accumulator that does n + m products is not sold as n; a right one is not refuted. */

import { expect, it } from "vitest";
import type { AnyResults } from "../../analysis/config.ts";
import { verdicts } from "../../analysis/laws/verdict.ts";
import { prepareJacobian } from "../../src/ad/jacobian.ts";
import { buildChain, randomPoint } from "../../src/chain/build.ts";
import { type SampleTiming, sampleSeconds } from "../../src/measure/sampler.ts";
import { createRandom } from "../../src/random.ts";
import type { Measurement } from "../../src/results/types.ts";
import { caseOf, costOf, gridWidths, syntheticResults, variantOf } from "../support/synthetic-results.ts";

const WIDTHS = gridWidths([6, 16, 40], [6, 16, 40], [24, 64]);
const VARIANTS = [
  variantOf("forward"),
  variantOf("reverse"),
  variantOf("forward", { label: "n + m products sold as n" }),
];
/** Stand-ins for processes: the rounds of this one in five successive parts. */
const PARTS = 5;

/** Times every accumulator on every case, in random order within each round. */
async function measure(rounds: number, timing: SampleTiming, rngSeed: number): Promise<AnyResults> {
  const random = createRandom(rngSeed);
  const works = WIDTHS.flatMap((widths) => {
    const chain = buildChain({ widths, rngSeed: 1 });
    const x = randomPoint(chain.n, 2);
    const forward = prepareJacobian(chain, x, { strategy: "forward" });
    const reverse = prepareJacobian(chain, x, { strategy: "reverse" });
    const runs = [
      () => forward.run(),
      () => reverse.run(),
      () => {
        reverse.run();
        return forward.run();
      },
    ];
    return VARIANTS.map(({ label }, i) => ({ id: caseOf(widths).id, label, run: runs[i]! }));
  });
  for (const { run } of works) for (let i = 0; i < 20; i++) run();
  const measurements: Measurement[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const { id, label, run } of random.shuffle(works)) {
      const { samples, runsPerSample } = await sampleSeconds(run, timing);
      measurements.push({
        case: id,
        variant: label,
        machine: "here",
        role: "main",
        repetition: 0,
        process: Math.floor((round * PARTS) / rounds),
        round,
        secondsPrepare: 0,
        samples,
        runsPerSample,
        maxAbsError: 0,
        maxAbsReference: 1,
        warnings: [],
      });
    }
  }
  const cases = WIDTHS.map(caseOf);
  return {
    ...syntheticResults({ widths: WIDTHS, variants: VARIANTS, rounds: 1, processes: 1 }),
    costs: cases.flatMap((record) => VARIANTS.map((variant) => costOf(record, variant))),
    measurements,
  };
}

it("refutes n + m products sold as n within three attempts, never confirms them, never refutes n or m", async () => {
  const attempts = [
    { rounds: 15, minTimeSeconds: 0.0003, minSamples: 1 },
    { rounds: 15, minTimeSeconds: 0.0005, minSamples: 2 },
    { rounds: 20, minTimeSeconds: 0.001, minSamples: 3 },
  ];
  const statuses: string[] = [];
  for (const [i, { rounds, ...timing }] of attempts.entries()) {
    const results = await measure(rounds, { ...timing, maxTimeSeconds: 0 }, 10 + i);
    const [forward, reverse, sold] = verdicts(results).map(({ status }) => status);
    expect(forward).not.toBe("refuted");
    expect(reverse).not.toBe("refuted");
    expect(sold).not.toBe("confirmed");
    statuses.push(sold!);
    if (sold === "refuted") break;
  }
  expect(statuses).toContain("refuted");
}, 120_000);
