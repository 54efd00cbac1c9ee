/** @file Time against memory: which chain is drawn, the marks, and the direction of the finding. */

import { describe, expect, it } from "vitest";
import { chartById } from "../../analysis/charts/index.ts";
import { tradeoffSummaries } from "../../analysis/charts/memory-tradeoff.ts";
import type { AnyResults } from "../../analysis/config.ts";
import { renderSvg } from "../../analysis/render/svg.ts";
import { CHART_RESULTS } from "../support/chart-results.ts";
import { syntheticResults, variantOf } from "../support/synthetic-results.ts";

const { checkpoints, standard } = CHART_RESULTS;

const variants = [
  variantOf("reverse"),
  variantOf("reverse-checkpointed", { label: "two", snapshots: 2 }),
  variantOf("reverse-checkpointed", { label: "every", snapshots: "all" }),
];

/** Reverse takes 100 kB and a time of 1; two snapshots `bytes` and 1.5; all of them 200 kB and 1.2. */
function machine(bytes: number, own = variants): AnyResults {
  return syntheticResults({
    widths: [
      [6, 6, 1],
      [6, 6, 6, 6, 1],
    ],
    variants: own,
    noise: { case: 0, process: 0, round: 0 },
    law: (_, { snapshots }) => 1e-5 * (snapshots === 2 ? 1.5 : snapshots === "all" ? 1.2 : 1),
    bytes: (_, { snapshots }) => (snapshots === 2 ? bytes : snapshots === "all" ? 200_000 : 100_000),
  });
}

function meta(results: AnyResults): { finding: string; notes: string[] } {
  return (
    chartById("memory-tradeoff").draw(results) as unknown as {
      usermeta: { jacobench: { finding: string; notes: string[] } };
    }
  ).usermeta.jacobench;
}

describe("memory-tradeoff", () => {
  it("draws the deepest chain, and wants two numbers of snapshots", () => {
    expect(tradeoffSummaries(machine(40_000)).map(({ record }) => record.id)).toEqual(
      new Array(3).fill("6-6-6-6-1"),
    );
    expect(chartById("memory-tradeoff").wants(standard)).toMatch(/two numbers of snapshots/);
    expect(chartById("memory-tradeoff").wants(machine(1, variants.slice(0, 2)))).not.toBeNull();
  });

  it("says what the leanest sweep saves and takes, or that it saves nothing", () => {
    expect(meta(machine(40_000)).finding).toMatch(
      /^two \(typed\) takes 40 % of the memory of plain reverse, for 1\.50? \[1\.50?, 1\.50?\] times its time$/,
    );
    // 1 snapshot takes the least memory, 4 the least of memory times time.
    expect(meta(checkpoints).finding).toMatch(
      /^reverse-checkpointed\[1\] \(typed\) takes 29 % .* for \S+ \[\S+, \S+\] times its time; reverse-checkpointed\[[24]\] \(typed\) \d+ % for \S+ \[\S+, \S+\] times$/,
    );
    expect(meta(machine(150_000)).finding).toMatch(
      /^two \(typed\) saves no memory here: 1\.5 times that of plain reverse, for 1\.50? \[1\.50?, 1\.50?\] times its time$/,
    );
    expect(meta(machine(40_000, variants.slice(1))).finding).toMatch(
      /^two \(typed\) needs the least memory, /,
    );
  });

  it("says whether the counted bytes are the predicted ones", () => {
    const results = machine(40_000);
    expect(meta(results).notes.join()).toContain("counted bytes are the predicted ones, in all 3 variants");
    const [first, ...others] = [...results.costs].reverse();
    const costs = [...others, { ...first!, bytesPredicted: first!.bytesCounted + 8 }];
    expect(meta({ ...results, costs }).notes.join()).toContain("in 2 of 3 variants only");
  });

  it("draws each variant once, a line through the numbers of snapshots, and names them", async () => {
    const svg = await renderSvg(chartById("memory-tradeoff").draw(checkpoints), "tradeoff");
    const marks = (kind: string) =>
      svg
        .split(`class="mark-${kind} role-mark`)
        .slice(1)
        .map((group) => (group.split("</g>")[0]!.match(/<(path|line|rect|text)[ >]/g) ?? []).length);
    expect(marks("symbol")).toEqual([6]);
    expect(marks("rule")).toEqual([6]);
    expect(marks("line")).toEqual([1]);
    expect(marks("text").slice(0, 1)).toEqual([4]);
    for (const label of ["1", "2", "4", "all"]) expect(svg).toMatch(new RegExp(`>${label}</text>`));
  });
});
