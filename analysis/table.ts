/** @file results.json as tidy typed rows: one a measurement, with its case, variant and cost beside it. Pure. */

import { JacobenchError } from "../src/errors.ts";
import type { CaseRecord, CostRecord, Measurement, VariantRecord } from "../src/results/types.ts";
import { median } from "../src/statistics/quantile.ts";
import type { WarningCode } from "../src/warnings.ts";
import { type AnyResults, timedPartOf } from "./config.ts";
import { pairKey } from "./grouping.ts";
import { machineFactors } from "./machine-factors.ts";

/** One measurement with everything that is known about it. */
export type MeasurementRow = {
  readonly experiment: string;
  readonly case: string;
  readonly variant: string;
  readonly strategy: string;
  readonly mode: "forward" | "reverse" | null;
  readonly kernel: string;
  readonly blockSize: number | "all" | null;
  /** States that a checkpointed sweep has memory for; null for all other strategies. */
  readonly snapshots: number | "all" | null;
  readonly linearisation: "shared" | "recomputed";
  readonly unitSeeds: "dense" | "read";
  readonly withRespectTo: "input" | "parameters";
  readonly machine: string;
  readonly role: Measurement["role"];
  /** Its machine's time over that of the machine that times are stated for; 1 where there is one machine. */
  readonly machineFactor: number;
  readonly repetition: number;
  readonly process: number;
  /**
   * Names the process in the whole experiment: machine, repetition and number. Where pilots were timed in processes of
   * their own, before the rest, each of these goes with one of the rest: clusters are then equally large, as the
   * intervals want them, and what two of them have in common can only make an interval wider.
   */
  readonly processKey: string;
  readonly round: number;
  readonly n: number;
  readonly m: number;
  /** Columns of the Jacobian: n, or the number of parameters when it is taken with respect to them. */
  readonly inputs: number;
  /** Products of one run: `inputs` forward, m reverse; null for strategies of neither mode. */
  readonly products: number | null;
  readonly depth: number;
  readonly widths: readonly number[];
  readonly sigma: number;
  readonly fmaPredicted: number;
  readonly fmaCounted: number | null;
  /** Primal FMA of one run, see {@link CostRecord}. */
  readonly timedPrimalFma: number;
  readonly bytesPredicted: number;
  readonly bytesCounted: number;
  readonly footprintBytes: number;
  readonly secondsPrepare: number;
  /** One primal value alone; null where it was not timed. */
  readonly secondsValue: number | null;
  /** Median of the samples: one run, all the products. */
  readonly secondsProducts: number;
  /** What fits and charts use: the products, and the preparation too where the config's `report.time` says so. */
  readonly seconds: number;
  readonly secondsMin: number;
  readonly secondsMax: number;
  readonly samples: number;
  readonly runsPerSample: number;
  readonly maxAbsError: number;
  readonly maxAbsReference: number;
  readonly warnings: readonly WarningCode[];
  /** Null if analysis may use it; else why it is left out of fits and charts (it stays in the table). */
  readonly unusable: string | null;
};

/** Codes of warnings that make a timing worthless: its product was wrong. */
const DISQUALIFYING: readonly WarningCode[] = ["non-finite", "inaccurate"];

/**
 * Joins every measurement with its case, variant and cost, in the order of the file.
 *
 * @param results - of one experiment
 * @returns as many rows as measurements; those with `unusable` set must not enter a fit
 * @throws {JacobenchError} `ERR_MISMATCH` if a measurement names a case, variant or cost that is not there
 */
export function measurementRows(results: AnyResults): MeasurementRow[] {
  const known = cached.get(results);
  if (known) return known;
  const cases = new Map(results.cases.map((record) => [record.id, record]));
  const variants = new Map(results.variants.map((record) => [record.label, record]));
  const costs = new Map(results.costs.map((record) => [pairKey(record.case, record.variant), record]));
  const hasPilots = results.measurements.some(({ role }) => role === "pilot");
  const clusters = (hasPilots ? results.config.processes : null) ?? Number.POSITIVE_INFINITY;
  const rows = results.measurements.map((measurement, index) => {
    const where = `results.json: measurements[${index}]`;
    const record = found(cases.get(measurement.case), where, "case", measurement.case);
    const variant = found(variants.get(measurement.variant), where, "variant", measurement.variant);
    const cost = found(
      costs.get(pairKey(measurement.case, measurement.variant)),
      where,
      "cost of",
      `${measurement.case}, ${measurement.variant}`,
    );
    return toRow(results, record, variant, cost, measurement, clusters);
  });
  const factors = new Map(machineFactors(rows).map(({ machine, factor }) => [machine, factor?.estimate]));
  const compared =
    factors.size === 0 ? rows : rows.map((row) => ({ ...row, machineFactor: factors.get(row.machine) ?? 1 }));
  cached.set(results, compared);
  return compared;
}

const cached = new WeakMap<AnyResults, MeasurementRow[]>();

/**
 * The rows that may enter fits and charts. Anchors are left out: their cases are measured in full elsewhere. Times of
 * several machines are stated for one of them, divided by the factors of {@link machineFactors}: which machine a case
 * was dealt to must not pass for an exponent.
 */
export function usableRows(results: AnyResults): MeasurementRow[] {
  return measurementRows(results)
    .filter((row) => row.unusable === null && row.role !== "anchor")
    .map(onOneMachine);
}

function onOneMachine(row: MeasurementRow): MeasurementRow {
  const { machineFactor: factor } = row;
  if (factor === 1) return row;
  return {
    ...row,
    secondsPrepare: row.secondsPrepare / factor,
    secondsValue: row.secondsValue === null ? null : row.secondsValue / factor,
    secondsProducts: row.secondsProducts / factor,
    seconds: row.seconds / factor,
    secondsMin: row.secondsMin / factor,
    secondsMax: row.secondsMax / factor,
  };
}

/** How many products one run of a variant does on a case; null for strategies of neither mode. */
export function productsOf(record: CaseRecord, variant: VariantRecord): number | null {
  if (variant.mode === null) return null;
  return variant.mode === "reverse" ? record.m : inputsOf(record, variant);
}

/** Columns of the Jacobian that a variant builds. */
export function inputsOf(record: CaseRecord, variant: VariantRecord): number {
  return variant.withRespectTo === "parameters" ? record.parameters : record.n;
}

function toRow(
  results: AnyResults,
  record: CaseRecord,
  variant: VariantRecord,
  cost: CostRecord,
  measurement: Measurement,
  clusters: number,
): MeasurementRow {
  const { samples } = measurement;
  const warnings = [...new Set(measurement.warnings.map((warning) => warning.code))];
  const secondsProducts = samples.length > 0 && samples.every(Number.isFinite) ? median(samples) : Number.NaN;
  const withPreparation = timedPartOf(results) === "with-preparation";
  return {
    experiment: results.experiment,
    case: record.id,
    variant: variant.label,
    strategy: variant.strategy,
    mode: variant.mode,
    kernel: variant.kernel,
    blockSize: variant.blockSize,
    snapshots: variant.snapshots ?? null,
    linearisation: variant.linearisation,
    unitSeeds: variant.unitSeeds,
    withRespectTo: variant.withRespectTo,
    machine: measurement.machine,
    role: measurement.role,
    machineFactor: 1,
    repetition: measurement.repetition,
    process: measurement.process,
    processKey: `${measurement.machine}/${measurement.repetition}/${measurement.process % clusters}`,
    round: measurement.round,
    n: record.n,
    m: record.m,
    inputs: inputsOf(record, variant),
    products: productsOf(record, variant),
    depth: record.depth,
    widths: record.widths,
    sigma: record.sigma,
    fmaPredicted: cost.fmaPredicted,
    fmaCounted: cost.fmaCounted,
    timedPrimalFma: cost.timedPrimalFma,
    bytesPredicted: cost.bytesPredicted,
    bytesCounted: cost.bytesCounted,
    footprintBytes: cost.footprintBytes,
    secondsPrepare: measurement.secondsPrepare,
    secondsValue: measurement.secondsValue ?? null,
    secondsProducts,
    seconds: secondsProducts + (withPreparation ? measurement.secondsPrepare : 0),
    secondsMin: samples.length > 0 ? Math.min(...samples) : Number.NaN,
    secondsMax: samples.length > 0 ? Math.max(...samples) : Number.NaN,
    samples: samples.length,
    runsPerSample: measurement.runsPerSample,
    maxAbsError: measurement.maxAbsError,
    maxAbsReference: measurement.maxAbsReference,
    warnings,
    unusable: whyUnusable(samples, measurement.secondsPrepare, warnings),
  };
}

function whyUnusable(
  samples: readonly number[],
  secondsPrepare: number,
  warnings: readonly WarningCode[],
): string | null {
  if (samples.length === 0) return "no samples";
  if (!samples.every(Number.isFinite)) return "a sample is not finite";
  if (median(samples) <= 0) return "its median is zero seconds";
  if (!(secondsPrepare >= 0)) return "its preparation took no finite time";
  const wrong = DISQUALIFYING.find((code) => warnings.includes(code));
  return wrong === undefined ? null : `its Jacobian was ${wrong}`;
}

function found<Value>(value: Value | undefined, where: string, what: string, name: string): Value {
  if (value === undefined) {
    throw new JacobenchError(
      "ERR_MISMATCH",
      `${where} names the ${what} "${name}", which is not in the file; expected one of its records`,
    );
  }
  return value;
}
