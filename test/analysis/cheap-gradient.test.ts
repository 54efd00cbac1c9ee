/** @file The cheap gradient: ratios of a known machine, their intervals, what forward should take, and the chart's words. */

import { describe, expect, it } from "vitest";
import { chartById } from "../../analysis/charts/index.ts";
import type { AnyResults } from "../../analysis/config.ts";
import { CHEAP_GRADIENT_BOUND, gradientRatios } from "../../analysis/laws/cheap-gradient.ts";
import { renderSvg } from "../../analysis/render/svg.ts";
import { plain } from "../../analysis/report/blocks.ts";
import { toCsv } from "../../analysis/report/csv.ts";
import { gradientSection } from "../../analysis/report/gradient-section.ts";
import { CHART_RESULTS } from "../support/chart-results.ts";
import { syntheticResults, variantOf } from "../support/synthetic-results.ts";

const QUIET = { case: 0, process: 0, round: 0 };

/** A machine on which a VJP takes `times` primal values and the tape none beside the primal. */
function machine(times: number, noise = QUIET): AnyResults {
  return syntheticResults({
    widths: [
      [6, 9, 1],
      [6, 9, 9, 1],
      [6, 9, 2],
    ],
    noise,
    secondsValue: ({ sigma }) => 1e-9 * sigma,
    secondsPrepare: ({ sigma }) => 1e-9 * sigma,
    law: ({ n, sigma }, { mode }) => 1e-9 * sigma * (mode === "forward" ? n : times),
  });
}

function finding(results: AnyResults): string {
  const { usermeta } = chartById("cheap-gradient").draw(results) as unknown as {
    usermeta: { jacobench: { finding: string } };
  };
  return usermeta.jacobench.finding;
}

describe("gradientRatios", () => {
  it("are (primal + tape + products) / primal alone, of the cases with m = 1", () => {
    const ratios = gradientRatios(machine(1.5));
    expect(ratios.map(({ record, variant }) => `${record.id} ${variant.label}`)).toEqual([
      "6-9-1 forward",
      "6-9-1 reverse",
      "6-9-9-1 forward",
      "6-9-9-1 reverse",
    ]);
    for (const { variant, ratio, interval95 } of ratios) {
      const expected = variant.mode === "forward" ? 7 : 2.5;
      expect(ratio).toBeCloseTo(expected, 9);
      expect(interval95![0]).toBeCloseTo(expected, 9);
    }
  });

  it("have intervals that hold the truth and are as wide as the noise", () => {
    const { ratio, interval95 } = gradientRatios(machine(2, { case: 0, process: 0.05, round: 0.05 }))[1]!;
    expect(interval95![0]).toBeLessThan(ratio);
    expect(interval95![1]).toBeGreaterThan(ratio);
    expect(interval95![0]).toBeLessThan(3);
    expect(interval95![1]).toBeGreaterThan(3);
    expect(interval95![1] / interval95![0]).toBeLessThan(1.3);
  });

  it("counted: two primals of FMA for one VJP, 1 + n for n JVPs", () => {
    const [forward, reverse] = gradientRatios(machine(1));
    expect([forward!.countedRatio, reverse!.countedRatio]).toEqual([7, 2]);
  });

  it("forward is expected at 1 + n, recomputed at 2n, and at the parameters' number with respect to them", () => {
    const variants = [
      variantOf("forward"),
      variantOf("forward", { label: "recomputed", linearisation: "recomputed" }),
      variantOf("forward-parameters", { withRespectTo: "parameters" }),
      variantOf("reverse"),
      variantOf("complex-step"),
    ];
    const results = syntheticResults({ widths: [[6, 9, 1]], variants, secondsValue: () => 1e-6 });
    // 6·9 + 9·1 weights and 9 + 1 biases.
    expect(gradientRatios(results).map(({ expected }) => expected)).toEqual([7, 12, 74, null]);
  });

  it("needs the value's own time; old files have none", () => {
    expect(gradientRatios(syntheticResults({ widths: [[6, 9, 1]] }))).toEqual([]);
    expect(gradientRatios(syntheticResults({ widths: [[6, 9, 1]], secondsValue: () => 0 }))).toEqual([]);
    expect(chartById("cheap-gradient").wants(CHART_RESULTS.standard)).toMatch(/primal value alone was timed/);
  });

  it("have no interval from a quick run", () => {
    const results = { ...machine(1), quick: true };
    expect(gradientRatios(results)[0]!.interval95).toBeNull();
    expect(gradientRatios(results)[0]!.ratio).toBeCloseTo(7, 9);
  });
});

describe("the chart", () => {
  it("says on which side of the bound reverse lies, and where forward does", () => {
    expect(CHEAP_GRADIENT_BOUND).toEqual([3, 4]);
    expect(finding(machine(2.5))).toBe(
      "A gradient takes 3.5 times the function by one VJP, 7.0 by n JVPs; reverse is within the bound of 4",
    );
    expect(finding(machine(3.5))).toBe(
      "A gradient takes 4.5 times the function by one VJP, 7.0 by n JVPs; reverse can exceed the bound of 4",
    );
    const noisy = machine(3, { case: 0, process: 0.1, round: 0.05 });
    expect(finding(noisy)).toMatch(/; whether reverse exceeds the bound of 4 is not decided$/);
    const forwardAlone = syntheticResults({
      widths: [[6, 9, 1]],
      variants: [variantOf("forward")],
      noise: QUIET,
      secondsValue: () => 1e-9,
      secondsPrepare: () => 1e-9,
      law: () => 6e-9,
    });
    expect(finding(forwardAlone)).toBe("A gradient takes 7.0 by n JVPs");
    expect(finding(CHART_RESULTS.cheapGradient)).toMatch(
      /times the function by one VJP, 2\.9 to 3\.0 with respect to all weights, /,
    );
  });

  it("draws every ratio with its interval, the bound twice, and a curve for each form of forward", async () => {
    const svg = await renderSvg(chartById("cheap-gradient").draw(CHART_RESULTS.cheapGradient), "cheap");
    const marks = (kind: string) =>
      svg
        .split(`class="mark-${kind} role-mark`)
        .slice(1)
        .map((group) => (group.split("</g>")[0]!.match(/<(path|line|rect|text)[ >]/g) ?? []).length);
    expect(marks("symbol")).toEqual([16]);
    expect(marks("rule")).toEqual([16, 2]);
    expect(marks("line")).toEqual([1, 1]);
    expect(svg).toContain("bound of the literature");
    expect(svg).toContain("counts memory moves, additions, multiplications and nonlinear operations");
  });
});

it("the report's table has every ratio with its interval, the bound, and what is counted in it", () => {
  const section = gradientSection(CHART_RESULTS.cheapGradient)!;
  const [text, rows] = section.blocks;
  if (text?.kind !== "paragraph" || rows?.kind !== "table")
    throw new Error("expected a paragraph and a table");
  expect(plain(text.text)).toMatch(
    /It counts memory moves, additions, multiplications and nonlinear operations/,
  );
  expect(rows.rows).toHaveLength(16);
  const first = rows.rows[0]!.map(({ text: own }) => plain(own));
  expect(first.slice(0, 3)).toEqual(["8-8-1", "forward (typed)", "the input"]);
  expect(first[3]).toMatch(/^\d+\.\d+ \[\d+\.\d+, \d+\.\d+\]$/);
  expect(first.slice(4)).toEqual(["9", "about 9"]);
  const weights = rows.rows.filter((row) => plain(row[2]!.text) === "all weights");
  expect(weights).toHaveLength(4);
  expect(plain(weights[0]!.at(-1)!.text)).toBe("at most 3 to 4");
  expect(gradientSection(CHART_RESULTS.standard)).toBeNull();
});

it("results.csv has the seconds of the value, and none where it was not timed", () => {
  const column = (results: AnyResults): string[] => {
    const [header, ...lines] = toCsv(results).trim().split("\n");
    const at = header!.split(",").indexOf("seconds_value");
    return lines.map((line) => line.split(",")[at]!);
  };
  const few = { widths: [[6, 9, 1]], rounds: 1, processes: 1 };
  expect(column(syntheticResults({ ...few, secondsValue: () => 2e-6 }))).toEqual(["0.000002", "0.000002"]);
  expect(column(syntheticResults(few))).toEqual(["", ""]);
});
