/** @file The catalogue of charts: one entry a chart, looked up by the ids that configs name. */

import type { TopLevelSpec } from "vega-lite";
import { byId } from "../../src/names.ts";
import type { AnyResults } from "../config.ts";
import { aaCheck } from "../laws/aa.ts";
import { bottleneckSweep } from "../laws/bottleneck.ts";
import { caseSummaries } from "../laws/case-interval.ts";
import { gradientRatios } from "../laws/cheap-gradient.ts";
import { devicesOf } from "../laws/devices.ts";
import { pairedRows, variantPairs } from "../laws/pairs.ts";
import { rooflineOf } from "../laws/roofline.ts";
import { aa } from "./aa.ts";
import { blockSpeeds, blocks } from "./blocks.ts";
import { bottleneck } from "./bottleneck.ts";
import { cheapGradient } from "./cheap-gradient.ts";
import { collapse } from "./collapse.ts";
import { cost, costSummaries } from "./cost.ts";
import { counted, timedFma } from "./counted.ts";
import { depth, depthSummaries } from "./depth.ts";
import { devices } from "./devices.ts";
import { drift, roundPlaces } from "./drift.ts";
import { drawableLaws, exponents } from "./exponents.ts";
import { isoSigma, isoSigmaSummaries } from "./iso-sigma.ts";
import type { ChartOptions } from "./look.ts";
import { memory, memoryRows } from "./memory.ts";
import { memoryTradeoff, tradeoffSummaries } from "./memory-tradeoff.ts";
import { network } from "./network.ts";
import { peerSummaries, peers } from "./peers.ts";
import { modeSummaries } from "./points.ts";
import { predicted } from "./predicted.ts";
import { predictedSummaries } from "./predictions.ts";
import { ratio } from "./ratio.ts";
import { judgedRegret, regret } from "./regret.ts";
import { residuals } from "./residuals.ts";
import { roofline } from "./roofline.ts";
import { scaling } from "./scaling.ts";
import { skip } from "./skip.ts";
import { seedCosts, unitSeeds } from "./unit-seeds.ts";

/** A chart of the catalogue. */
export type Chart = {
  /** The name in configs and files. */
  readonly id: string;
  /** What it shows, whatever it finds. */
  readonly title: string;
  /** Results to a Vega-Lite spec with its data inside; pure. Call it only where `wants` returns null. */
  draw(results: AnyResults, options?: ChartOptions): TopLevelSpec;
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
  {
    id: "exponents",
    title: "Exponents of n, m and Σ",
    draw: exponents,
    wants: unless((results) => drawableLaws(results).length > 0, "cases among which n, m or Σ varies enough"),
  },
  { id: "collapse", title: "Seconds a product against Σ", draw: collapse, wants: wantsModes },
  {
    id: "iso-sigma",
    title: "Chains of equal Σ and different shape",
    draw: isoSigma,
    wants: unless((results) => isoSigmaSummaries(results).length > 0, "at least three cases of equal Σ"),
  },
  {
    id: "ratio",
    title: "Forward / reverse over the n × m grid",
    draw: ratio,
    wants: unless(
      (results) =>
        variantPairs(results).some(
          ({ forward, reverse }) => pairedRows(results, forward.label, reverse.label).length > 0,
        ),
      "a forward and a reverse variant that differ in nothing else, measured in the same rounds",
    ),
  },
  {
    id: "counted",
    title: "Counted FMA against time",
    draw: counted,
    wants: unless(
      (results) => caseSummaries(results).some((summary) => timedFma(summary) > 0),
      "usable measurements",
    ),
  },
  {
    id: "roofline",
    title: "Rates against FMA a byte, under the machine's roofs",
    draw: roofline,
    wants: unless(
      (results) => rooflineOf(results) !== null,
      "a calibration with the rates of memory (jacobench calibrate), and times of forward or reverse products alone",
    ),
  },
  {
    id: "predicted",
    title: "Predicted against measured time",
    draw: predicted,
    wants: unless(
      (results) => predictedSummaries(results, results.forecast?.predictions ?? null).length > 0,
      "at least four cases of different Σ",
    ),
  },
  {
    id: "residuals",
    title: "Measured / fitted time",
    draw: residuals,
    wants: unless(
      (results) => predictedSummaries(results, null).length > 3,
      "at least four cases of different Σ",
    ),
  },
  {
    id: "cost",
    title: "What each strategy costs on one chain",
    draw: cost,
    wants: unless((results) => costSummaries(results).length > 1, "a case under at least two variants"),
  },
  {
    id: "depth",
    title: "Seconds a product against the depth",
    draw: depth,
    wants: unless(
      (results) => depthSummaries(results).length > 0,
      "at least three depths with the same n and m",
    ),
  },
  {
    id: "blocks",
    title: "Time against the block size",
    draw: blocks,
    wants: unless(
      (results) => new Set(blockSpeeds(results).map(({ blockSize }) => blockSize)).size > 1,
      "a blocked strategy with two block sizes, and the same strategy without blocks",
    ),
  },
  {
    id: "memory",
    title: "Peak memory against the sum of widths",
    draw: memory,
    wants: unless(
      (results) => new Set(memoryRows(results).map(({ widthSum }) => widthSum)).size > 1,
      "costs of chains with different sums of widths",
    ),
  },
  {
    id: "memory-tradeoff",
    title: "Time against peak memory as snapshots vary",
    draw: memoryTradeoff,
    wants: unless(
      (results) => tradeoffSummaries(results).length > 0,
      "a chain under reverse-checkpointed with two numbers of snapshots",
    ),
  },
  {
    id: "cheap-gradient",
    title: "The gradient in times of the function alone",
    draw: cheapGradient,
    wants: unless(
      (results) => gradientRatios(results).length > 0,
      "cases with m = 1 on which the primal value alone was timed (timing.value of the config)",
    ),
  },
  {
    id: "unit-seeds",
    title: "Forward / reverse with dense and with read unit seeds",
    draw: unitSeeds,
    wants: unless(
      (results) => seedCosts(results).length > 0,
      "forward and reverse with unitSeeds dense and read (or chains of dense layers only)",
    ),
  },
  {
    id: "aa",
    title: "One strategy under two labels",
    draw: aa,
    wants: unless((results) => aaCheck(results) !== null, "two variants that differ in their label alone"),
  },
  {
    id: "drift",
    title: "The rounds in the order of measuring",
    draw: drift,
    wants: unless(
      (results) => new Set(roundPlaces(results).map(({ place }) => place)).size > 2,
      "at least three rounds",
    ),
  },
  {
    id: "bottleneck",
    title: "A mixed plan against every strategy as one width is swept",
    draw: bottleneck,
    wants: unless(
      (results) => bottleneckSweep(results) !== null,
      "the strategy optimal and others on chains that differ in one width",
    ),
  },
  {
    id: "regret",
    title: "Time over that of the fastest strategy of each chain",
    draw: regret,
    wants: unless(
      (results) => judgedRegret(results) !== null,
      "the strategy optimal and others in even and odd rounds of every chain",
    ),
  },
  {
    id: "devices",
    title: "Exponents and crossover, one dot a device",
    draw: devices,
    wants: unless(
      (results) =>
        results.environments.length > 1 &&
        devicesOf(results).filter(({ values }) => Object.values(values).some((one) => one !== null)).length >
          1,
      "forward and reverse on at least two machines that each measured cases among which n, m or Σ varies enough",
    ),
  },
  {
    id: "peers",
    title: "Time against n·Σ and m·Σ on each framework",
    draw: peers,
    wants: unless(
      (results) => peerSummaries(results).length > 0,
      "a comparison with other frameworks (jacobench peers)",
    ),
  },
  {
    id: "network",
    title: "The chain and its Jacobians as blocks of their FMA",
    draw: network,
    wants: unless((results) => results.cases.length > 0, "a case"),
  },
  {
    id: "skip",
    title: "The skip connection with δ flowing back",
    draw: (_, options) => skip(options),
    wants: () => null,
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

function unless(holds: (results: AnyResults) => boolean, wants: string): Chart["wants"] {
  return (results) => (holds(results) ? null : wants);
}

function wantsModes(results: AnyResults): string | null {
  const sizes = new Set(modeSummaries(results).map(({ record }) => record.sigma));
  return sizes.size > 1
    ? null
    : "usable measurements of forward or reverse variants on chains of different Σ";
}
