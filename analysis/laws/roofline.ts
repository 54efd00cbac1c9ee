/** @file Where kernels and strategies stand under the machine's roofline: rates against arithmetic intensity. Pure. */

import { strategyTraffic } from "../../src/cost/traffic.ts";
import {
  type KernelCalibration,
  type MemoryRate,
  type ProductRate,
  peakFmaPerSecond,
  productRates,
} from "../../src/planner/calibration.ts";
import type { AnyResults } from "../config.ts";
import { type CaseSummary, caseSummaries } from "./case-interval.ts";

/** One case under one variant: its FMA a byte and a second. */
export type RooflineCase = {
  readonly summary: CaseSummary;
  /** FMA of dense layers for each byte of their operands, see {@link strategyTraffic}. */
  readonly intensity: number;
  readonly fmaPerSecond: number;
  /** The rates at both ends of the time's interval; the rate itself where there is none. */
  readonly low: number;
  readonly high: number;
  /** Of the peak of its kernel. */
  readonly share: number;
};

/** A kernel's roof and its bare products. */
export type RooflineKernel = {
  readonly kernel: string;
  readonly peakFmaPerSecond: number;
  readonly products: readonly ProductRate[];
};

/** All that a roofline shows. */
export type Roofline = {
  readonly cases: readonly RooflineCase[];
  readonly kernels: readonly RooflineKernel[];
  readonly memory: readonly MemoryRate[];
};

/** Bare products narrower than this are calls more than arithmetic. */
const NARROWEST = 7;

/**
 * Places the cases of an experiment under the roofs of the calibration that its results hold.
 *
 * A case counts where its strategy's traffic has a closed form, its Σ is that of its widths alone (no layers within
 * layers), and its time is that of the products: the preparation moves and does other things.
 *
 * @param results - of one experiment
 * @returns null without a calibration that knows memory, or without a case
 */
export function rooflineOf(results: AnyResults): Roofline | null {
  const { calibration } = results;
  if (!calibration?.memory || calibration.memory.length === 0) return null;
  const calibrated = new Map(calibration.kernels.map((one) => [one.kernel, one]));
  const cases = caseSummaries(results).flatMap((summary) => {
    const kernel = calibrated.get(summary.variant.kernel);
    return kernel === undefined ? [] : placed(summary, kernel);
  });
  if (cases.length === 0) return null;
  const used = new Set(cases.map(({ summary }) => summary.variant.kernel));
  const kernels = [...used].map((name) => {
    const kernel = calibrated.get(name)!;
    return {
      kernel: name,
      peakFmaPerSecond: peakFmaPerSecond(kernel),
      products: productRates(kernel).filter(({ width }) => width >= NARROWEST),
    };
  });
  return { cases, kernels, memory: calibration.memory };
}

function placed(summary: CaseSummary, kernel: KernelCalibration): RooflineCase[] {
  const { variant, record, seconds, interval95, timed } = summary;
  if (timed !== "products" || variant.withRespectTo !== "input") return [];
  const { widths, sigma } = record;
  const own = widths.slice(1).reduce((sum, width, i) => sum + width * widths[i]!, 0);
  const traffic = own === sigma ? strategyTraffic(variant, widths) : null;
  if (traffic === null) return [];
  const [fast, slow] = interval95 ?? [seconds, seconds];
  const fmaPerSecond = traffic.fma / seconds;
  return [
    {
      summary,
      intensity: traffic.fma / traffic.bytes,
      fmaPerSecond,
      low: traffic.fma / slow,
      high: traffic.fma / fast,
      share: fmaPerSecond / peakFmaPerSecond(kernel),
    },
  ];
}
