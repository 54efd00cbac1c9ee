/** @file The catalogue of charts: one entry a chart, looked up by the ids that configs name. */

import type { TopLevelSpec } from "vega-lite";
import { byId } from "../../src/names.ts";
import type { AnyResults } from "../config.ts";
import { aaCheck } from "../laws/aa.ts";
import { caseSummaries } from "../laws/case-interval.ts";
import { pairedRows, variantPairs } from "../laws/pairs.ts";
import { aa } from "./aa.ts";
import { collapse } from "./collapse.ts";
import { counted, timedFma } from "./counted.ts";
import { modeSummaries } from "./points.ts";
import { ratio } from "./ratio.ts";
import { scaling } from "./scaling.ts";
import { seedCosts, unitSeeds } from "./unit-seeds.ts";

/** A chart of the catalogue. */
export type Chart = {
  /** The name in configs and files. */
  readonly id: string;
  /** What it shows, whatever it finds. */
  readonly title: string;
  /** Results to a Vega-Lite spec with its data inside; pure. Call it only where `wants` returns null. */
  draw(results: AnyResults): TopLevelSpec;
  /** What the chart lacks in these results, as a half sentence; null where it can be drawn. */
  wants(results: AnyResults): string | null;
};

/** Every chart, in the order of a report. */
export const CHARTS: readonly Chart[] = [
  {
    id: "scaling",
    title: "Time against n·Σ (forward) and m·Σ (reverse)",
    draw: scaling,
    wants: wantsModes,
  },
  { id: "collapse", title: "Seconds a product against Σ", draw: collapse, wants: wantsModes },
  {
    id: "ratio",
    title: "Forward / reverse over the n × m grid",
    draw: ratio,
    wants: (results) =>
      variantPairs(results).some(
        ({ forward, reverse }) => pairedRows(results, forward.label, reverse.label).length > 0,
      )
        ? null
        : "a forward and a reverse variant that differ in nothing else, measured in the same rounds",
  },
  {
    id: "counted",
    title: "Counted FMA against time",
    draw: counted,
    wants: (results) =>
      caseSummaries(results).some((summary) => timedFma(summary) > 0) ? null : "usable measurements",
  },
  {
    id: "unit-seeds",
    title: "Forward / reverse with dense and with read unit seeds",
    draw: unitSeeds,
    wants: (results) =>
      seedCosts(results).length > 0
        ? null
        : "forward and reverse with unitSeeds dense and read (or chains of dense layers only)",
  },
  {
    id: "aa",
    title: "One strategy under two labels",
    draw: aa,
    wants: (results) => (aaCheck(results) === null ? "two variants that differ in their label alone" : null),
  },
];

/** The charts of a report whose config names none. */
export const DEFAULT_CHARTS: readonly string[] = ["scaling", "collapse", "ratio", "counted"];

/**
 * Finds a chart by its id.
 *
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME` with the nearest name
 */
export function chartById(id: string): Chart {
  return byId("chart", CHARTS, id);
}

function wantsModes(results: AnyResults): string | null {
  const sizes = new Set(modeSummaries(results).map(({ record }) => record.sigma));
  return sizes.size > 1
    ? null
    : "usable measurements of forward or reverse variants on chains of different Σ";
}
