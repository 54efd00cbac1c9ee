/** @file A swept width: ratios to the mixed plan, predicted and measured, where they reach 1, chart and report. */

import { expect, test } from "vitest";
import { chartById } from "../../analysis/charts/index.ts";
import {
  bottleneckSweep,
  isMode,
  predictedLead,
  predictedLeadSentence,
} from "../../analysis/laws/bottleneck.ts";
import { sentenceText } from "../../analysis/laws/sentence.ts";
import { reportContent } from "../../analysis/report/content.ts";
import { reportMarkdown } from "../../analysis/report/markdown.ts";
import { BOTTLENECK_RESULTS, plannedFma, plannerResults } from "../support/planner-results.ts";
import { syntheticResults, variantOf } from "../support/synthetic-results.ts";

const QUIET = { case: 0, process: 0, round: 0 };

test("each strategy at each width has its ratio of FMA, and its ratio of time", () => {
  const { optimal, points } = bottleneckSweep(BOTTLENECK_RESULTS)!;
  expect(optimal.label).toBe("optimal");
  expect(points).toHaveLength(10);
  for (const { record, variant, width, predicted, measured, interval95 } of points) {
    expect(width).toBe(record.widths[2]);
    expect(predicted).toBeCloseTo(plannedFma(record, variant) / plannedFma(record, optimal), 12);
    expect(measured / predicted / 1.25).toBeCloseTo(1, 0);
    expect(interval95![0]).toBeLessThan(measured);
  }
  // 16²·(2·2 + 16) against 3·16²·2 at h = 2.
  expect(points[0]).toMatchObject({ width: 2, predicted: 20 / 6 });
});

test("by FMA the plan is ahead at the widths where it takes fewer, and of no other width anything is said", () => {
  const lead = (...widths: number[]) => {
    const results = plannerResults({
      widths: widths.map((h) => [16, 16, h, 16, 16]),
      variants: [
        variantOf("forward", { unitSeeds: "read" }),
        variantOf("reverse", { unitSeeds: "read" }),
        variantOf("optimal"),
      ],
      noise: QUIET,
      law: (record, variant) => 1e-9 * plannedFma(record, variant),
    });
    const found = predictedLead(bottleneckSweep(results)!.points);
    return { ...found, words: sentenceText(predictedLeadSentence(found)) };
  };
  // At h = 16 all are equal; above it the two middle matrices go first, and the plan is ahead again.
  expect(lead(2, 8, 16, 32)).toEqual({
    ahead: [2, 8, 32],
    level: [16],
    words: "at every width but h = 16",
  });
  expect(lead(2, 4, 8).words).toBe("at every width");
});

test("products from one end are no modes", () => {
  const [point] = bottleneckSweep(BOTTLENECK_RESULTS)!.points;
  expect(isMode(point!)).toBe(true);
  expect(isMode({ ...point!, variant: variantOf("product-right-to-left", { mode: "forward" }) })).toBe(false);
});

test("other experiments are no sweep over one width", () => {
  expect(bottleneckSweep(syntheticResults())).toBeNull();
  const two = { ...BOTTLENECK_RESULTS, cases: BOTTLENECK_RESULTS.cases.slice(0, 2) };
  expect(bottleneckSweep(two)).toBeNull();
  expect(chartById("bottleneck").wants(syntheticResults())).not.toBeNull();
});

test("the chart and the report state how much, and up to where", () => {
  const { usermeta } = chartById("bottleneck").draw(BOTTLENECK_RESULTS) as unknown as {
    usermeta: { jacobench: { finding: string } };
  };
  expect(usermeta.jacobench.finding).toMatch(
    /^At h = 2 the mixed plan is [34]\.\d+ times as fast as the better mode \(FMA: 3\.33\); it is ahead at every width, by FMA at every width but h = 16$/,
  );
  const { layer } = chartById("bottleneck").draw(BOTTLENECK_RESULTS) as unknown as {
    layer: { data: { values: unknown[] } }[];
  };
  expect(layer.map(({ data }) => data.values.length)).toEqual([10, 10, 10, 1]);
  expect(reportContent(BOTTLENECK_RESULTS).sections.map(({ id }) => id)).toContain("bottleneck");
  expect(reportMarkdown(BOTTLENECK_RESULTS, [], [])).toMatch(
    /against both modes\*\*: at h = 2 the plan is [34]\.\d\d \[[34]\.\d\d, [34]\.\d\d\] times/,
  );
});
