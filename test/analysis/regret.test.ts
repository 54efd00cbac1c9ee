/** @file Regret of plans: the fastest by even rounds, judged on odd ones; ties, misses with reasons, predictions, report. */

import { describe, expect, test } from "vitest";
import { chartById } from "../../analysis/charts/index.ts";
import { missReason, regrets, timePredictions } from "../../analysis/laws/regret.ts";
import { sentenceText } from "../../analysis/laws/sentence.ts";
import { reportContent } from "../../analysis/report/content.ts";
import { reportMarkdown } from "../../analysis/report/markdown.ts";
import { plannedFma, plannerResults, REGRET_RESULTS, REGRET_WIDTHS } from "../support/planner-results.ts";
import { syntheticResults, variantOf } from "../support/synthetic-results.ts";

const MISSED = "9-9-4-30-7";
const judged = regrets(REGRET_RESULTS).find(({ variant }) => variant.minimize === "time")!;

test("known regrets come out: the fastest everywhere but on one chain, where it loses a fifth", () => {
  expect(judged.chains).toHaveLength(REGRET_WIDTHS.length);
  expect(judged.close).toBe(REGRET_WIDTHS.length - 1);
  expect(judged.medianRegret).toBe(0);
  expect(judged.worst.record.id).toBe(MISSED);
  expect(judged.worst.fastest).toBe("optimal (FMA)");
  expect(judged.worst.regret).toBeGreaterThan(0.17);
  expect(judged.worst.regret).toBeLessThan(0.23);
  const [low, high] = judged.worst.interval95!;
  expect(low).toBeLessThan(1.2);
  expect(high).toBeGreaterThan(1.2);
  for (const { record, fastest, regret, tied } of judged.chains) {
    if (record.id !== MISSED)
      expect({ fastest, regret, tied }).toEqual({ fastest: "optimal (time)", regret: 0, tied: true });
  }
});

test("even rounds choose and odd rounds judge", () => {
  // A is fast in even rounds alone, B in odd ones: A is chosen, and B is twice as fast where it is judged.
  const base = syntheticResults({
    widths: [[8, 6, 4]],
    variants: [variantOf("forward", { label: "A" }), variantOf("reverse", { label: "B" })],
    rounds: 30,
    noise: { case: 0, process: 0, round: 0.001 },
    law: () => 1e-6,
  });
  const results = {
    ...base,
    measurements: base.measurements.map((one) => ({
      ...one,
      samples: one.samples.map(
        (seconds) => seconds * ((one.variant === "A") === (one.round % 2 === 0) ? 1 : 2),
      ),
    })),
  };
  const [a, b] = regrets(results);
  expect(a!.chains[0]).toMatchObject({ fastest: "A", ratio: 1, regret: 0 });
  expect(b!.chains[0]!.ratio).toBeCloseTo(0.5, 2);
  expect(b!.chains[0]!.regret).toBe(0);
});

test("an interval that includes 1 is a tie, and so no regret", () => {
  const results = plannerResults({
    widths: REGRET_WIDTHS,
    variants: [
      variantOf("optimal", { label: "optimal (FMA)" }),
      variantOf("optimal", { label: "optimal (time)", unitSeeds: "read", minimize: "time" }),
    ],
    rounds: 30,
    noise: { case: 0, process: 0.1, round: 0.2 },
  });
  for (const { chains } of regrets(results)) {
    const ties = chains.filter(
      ({ interval95 }) => interval95 !== null && interval95[0] <= 1 && interval95[1] >= 1,
    );
    expect(ties.length).toBeGreaterThan(0);
    for (const tie of ties) expect(tie).toMatchObject({ tied: true, regret: 0 });
  }
  // A quick run has no intervals: nothing but the fastest itself is tied.
  for (const { variant, chains } of regrets({ ...results, quick: true })) {
    for (const chain of chains) expect(chain.tied).toBe(chain.fastest === variant.label);
  }
});

test("strategies that were not measured in even and odd rounds are left out", () => {
  const odd = (round: number): boolean => round % 2 === 1;
  const measurements = REGRET_RESULTS.measurements.filter(
    ({ variant, round }) => variant !== "forward" || odd(round),
  );
  expect(regrets({ ...REGRET_RESULTS, measurements }).map(({ variant }) => variant.label)).not.toContain(
    "forward",
  );
  expect(
    regrets({ ...REGRET_RESULTS, measurements: measurements.filter(({ round }) => odd(round)) }),
  ).toEqual([]);
});

describe("predictions", () => {
  test("are those of the stored calibration, and held where the machine is the calibrated one", () => {
    const predictions = timePredictions(REGRET_RESULTS, judged.variant);
    expect(predictions).toHaveLength(REGRET_WIDTHS.length);
    for (const { record, plan, measured, held } of predictions) {
      expect(plan.seconds).toBeCloseTo(1e-9 * plannedFma(record, judged.variant), 12);
      const factor = record.id === MISSED ? 1.2 : 1;
      expect(measured / plan.seconds / factor).toBeCloseTo(1, 1);
      expect(held).toBe(measured >= plan.interval[0] && measured <= plan.interval[1]);
    }
    expect(timePredictions({ ...REGRET_RESULTS, calibration: null }, judged.variant)).toEqual([]);
  });

  test("are not made where the chain was another than its widths say", () => {
    const costs = REGRET_RESULTS.costs.map((cost) => ({ ...cost, fmaPredicted: cost.fmaPredicted + 1 }));
    expect(timePredictions({ ...REGRET_RESULTS, costs }, judged.variant)).toEqual([]);
  });

  test("a miss has its reason: the work of the faster one, and how far the prediction was off", () => {
    const reason = missReason(REGRET_RESULTS, judged.variant, judged.worst);
    expect(sentenceText(reason)).toMatch(
      /^does the same FMA in another way; the plan took 1\.(19|2\d?) times what was predicted$/,
    );
  });
});

test("the report states share, median, worst, reasons and predictions", () => {
  const section = reportContent(REGRET_RESULTS).sections.find(({ id }) => id === "regret")!;
  expect(section.title).toMatch(/Regret/);
  const text = reportMarkdown(REGRET_RESULTS, [], []);
  expect(text).toMatch(
    /optimal \(time\) \(typed\) is within 5 % of the fastest on 5 of 6 chains \(83 %\); median regret 0 %, worst \d\d % \(9-9-4-30-7\)/,
  );
  expect(text).toMatch(/9-9-4-30-7.*times the time of optimal \(FMA\), which does the same FMA/);
  expect(text).toMatch(/of 6 times lie in the 95 % interval/);
  expect(reportContent(syntheticResults()).sections.map(({ id }) => id)).not.toContain("regret");
});

test("the chart says so too", () => {
  expect(chartById("regret").wants(REGRET_RESULTS)).toBeNull();
  const { usermeta } = chartById("regret").draw(REGRET_RESULTS) as unknown as {
    usermeta: { jacobench: { finding: string } };
  };
  expect(usermeta.jacobench.finding).toMatch(
    /^optimal \(time\) \(typed\) is within 5 % of the fastest on 5 of 6 chains/,
  );
  expect(chartById("regret").wants(syntheticResults())).not.toBeNull();
});

test("the chart draws every strategy on every chain, and a median for each", () => {
  const { layer } = chartById("regret").draw(REGRET_RESULTS) as unknown as {
    layer: { data: { values: { x: number; variant: string; case: string }[] } }[];
  };
  const [, ticks, medians] = layer.map(({ data }) => data.values);
  expect(ticks).toHaveLength(4 * REGRET_WIDTHS.length);
  expect(medians).toHaveLength(4);
  const worst = ticks!
    .filter(({ variant }) => variant.startsWith("optimal (time)"))
    .sort((a, b) => b.x - a.x);
  expect(worst[0]).toMatchObject({ case: MISSED });
});
