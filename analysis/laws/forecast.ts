/** @file Prediction first: from the timed cases to the times of all others, and afterwards how well it came true. Pure. */

import type {
  CaseRecord,
  CostRecord,
  ForecastFit,
  ForecastPrediction,
  VariantRecord,
} from "../../src/results/types.ts";
import type { Interval } from "../../src/statistics/interval.ts";
import { mean, variance } from "../../src/statistics/mean.ts";
import { median } from "../../src/statistics/quantile.ts";
import { studentTQuantile } from "../../src/statistics/student-t.ts";
import { type AnyResults, timedPartOf } from "../config.ts";
import { groupBy, pairKey } from "../grouping.ts";
import { inputsOf, productsOf, usableRows } from "../table.ts";
import { caseSummaries } from "./case-interval.ts";
import { callsOf, type TimeCell, timeCells } from "./cells.ts";
import { fitMachineModel } from "./machine-model.ts";
import { count, percent, type Sentence, says, sentenceText } from "./sentence.ts";

/** A prediction that is off by no more than this share is close. */
const CLOSE = 0.1;

/** How one variant's times are predicted. */
type VariantModel = {
  predict(cell: TimeCell, cost: CostRecord): number;
  /** How many coefficients were fitted. */
  readonly coefficients: number;
  readonly description: Readonly<Record<string, unknown>>;
};

/**
 * Fits what was timed and predicts what was not: the machine model for forward and reverse strategies
 * ({@link fitMachineModel}), seconds an FMA for all others and where there are too few cases for it.
 *
 * The interval of a prediction holds the residual of a case, the error of the fit (by its average leverage p/n) and
 * what processes differ by, once for those that timed the pilots and once for those to come: Student's t over the
 * pilots less the coefficients (Draper and Smith, Applied Regression Analysis, 3rd ed., 1998, 3.2, for logarithms).
 *
 * @param results - with all cases, variants and costs, and the measurements of some cases
 * @returns predictions for the cases without a usable measurement, in the order of variants, then cases; the model as
 *   plain data. A variant of which nothing was timed has no predictions.
 */
export function fitForecast(results: AnyResults): ForecastFit {
  const costs = new Map(results.costs.map((cost) => [pairKey(cost.case, cost.variant), cost]));
  const timed = new Set(usableRows(results).map((row) => pairKey(row.case, row.variant)));
  const predictions: ForecastPrediction[] = [];
  const models: object[] = [];
  for (const variant of results.variants) {
    const { cells, noInterval } = timeCells(results, variant.label);
    if (cells.length === 0) continue;
    const costOf = (id: string): CostRecord => costs.get(pairKey(id, variant.label))!;
    const model = machineModel(results, variant) ?? rateModel(results, cells, costOf);
    const log = (cell: TimeCell): number => Math.log(cell.seconds / model.predict(cell, costOf(cell.case)));
    const half = noInterval === null ? halfWidth(cells, log, model.coefficients) : null;
    models.push({
      variant: variant.label,
      cases: new Set(cells.map((cell) => cell.case)).size,
      ...model.description,
    });
    for (const record of results.cases) {
      if (timed.has(pairKey(record.id, variant.label))) continue;
      const cost = costOf(record.id);
      const seconds = model.predict(futureCell(record, variant, cost), cost);
      predictions.push({
        case: record.id,
        variant: variant.label,
        seconds: rounded(seconds),
        interval95:
          half === null ? null : [rounded(seconds * Math.exp(-half)), rounded(seconds * Math.exp(half))],
      });
    }
  }
  return { model: { time: timedPartOf(results), variants: models }, predictions };
}

/** One case and variant, predicted and measured. */
export type ForecastRow = ForecastPrediction & {
  readonly sigma: number;
  readonly measuredSeconds: number;
  readonly measuredInterval95: Interval | null;
  /** Measured over predicted. */
  readonly ratio: number;
  /** Within 10 % of the prediction, in either direction. */
  readonly within10: boolean;
  /** Whether the prediction's interval holds the measured time; null without one. */
  readonly covered: boolean | null;
};

/** A forecast held against what was measured. */
export type ForecastComparison = {
  /** Of all predictions that were measured since, in their order. */
  readonly rows: readonly ForecastRow[];
  /** Of the rows; null without any. */
  readonly shareWithin10: number | null;
  /** Of the rows whose prediction has an interval; null without any. */
  readonly shareCovered: number | null;
  /** Median of |ratio − 1|; null without rows. */
  readonly medianAbsError: number | null;
};

/**
 * Compares a forecast with the measurements that followed it.
 *
 * @param results - of the finished experiment
 * @param forecast - its `results.forecast`, or another one of the same cases
 */
export function forecastComparison(
  results: AnyResults,
  forecast: { readonly predictions: readonly ForecastPrediction[] },
): ForecastComparison {
  const summaries = new Map(
    caseSummaries(results).map((summary) => [pairKey(summary.record.id, summary.variant.label), summary]),
  );
  const rows = forecast.predictions.flatMap((prediction): ForecastRow[] => {
    const summary = summaries.get(pairKey(prediction.case, prediction.variant));
    if (summary === undefined) return [];
    const { interval95 } = prediction;
    const ratio = summary.seconds / prediction.seconds;
    return [
      {
        ...prediction,
        sigma: summary.record.sigma,
        measuredSeconds: summary.seconds,
        measuredInterval95: summary.interval95,
        ratio,
        within10: Math.abs(ratio - 1) <= CLOSE,
        covered:
          interval95 === null ? null : interval95[0] <= summary.seconds && summary.seconds <= interval95[1],
      },
    ];
  });
  const share = (flags: readonly boolean[]): number | null =>
    flags.length === 0 ? null : flags.filter(Boolean).length / flags.length;
  return {
    rows,
    shareWithin10: share(rows.map((row) => row.within10)),
    shareCovered: share(rows.flatMap(({ covered }) => (covered === null ? [] : [covered]))),
    medianAbsError: rows.length === 0 ? null : median(rows.map(({ ratio }) => Math.abs(ratio - 1))),
  };
}

/**
 * How a forecast came true, as a sentence without a full stop.
 *
 * @returns null where nothing that was predicted was measured
 */
export function forecastSentence({
  rows,
  shareCovered,
  medianAbsError,
}: ForecastComparison): Sentence | null {
  if (rows.length === 0) return null;
  const within = count(rows.filter((row) => row.within10).length);
  const covered =
    shareCovered === null ? says`` : says`, ${percent(shareCovered)} within the predicted interval`;
  return says`${within} of ${count(rows.length)} times that were predicted before they were measured came within ${percent(CLOSE)}${covered}; median error ${percent(medianAbsError!)}`;
}

/** {@link forecastSentence} in print. */
export function forecastText(comparison: ForecastComparison): string | null {
  const sentence = forecastSentence(comparison);
  return sentence === null ? null : sentenceText(sentence);
}

function machineModel(results: AnyResults, variant: VariantRecord): VariantModel | null {
  const model = fitMachineModel(results, { variant: variant.label });
  if (model === null) return null;
  return {
    predict: (cell) => model.predict(cell),
    coefficients: model.coefficients.length,
    description: {
      kind: "machine",
      formula: "t = calls·(α0 + α1·K) + products·(β·Σ + γ·W)",
      terms: model.coefficients.map(({ term, fitted }) => ({
        symbol: term.symbol,
        unit: term.unit,
        seconds: rounded(fitted),
      })),
      relativeRms: rounded(model.relativeRms),
      refusals: model.refusals.map(({ reason }) => reason),
    },
  };
}

/** Seconds an FMA, one number: the geometric mean over the cases. */
function rateModel(
  results: AnyResults,
  cells: readonly TimeCell[],
  costOf: (id: string) => CostRecord,
): VariantModel {
  const primalTimed = timedPartOf(results) === "with-preparation";
  const fmaOf = (cost: CostRecord): number =>
    Math.max(1, cost.fmaPredicted + (primalTimed ? cost.primalFmaPredicted : cost.timedPrimalFma));
  const logs = [...groupBy(cells, (cell) => cell.case).values()].map((group) =>
    mean(group.map((cell) => Math.log(cell.seconds / fmaOf(costOf(cell.case))))),
  );
  const secondsPerFma = Math.exp(mean(logs));
  return {
    predict: (_, cost) => secondsPerFma * fmaOf(cost),
    coefficients: 1,
    description: { kind: "rate", formula: "t = β·FMA", secondsPerFma: rounded(secondsPerFma) },
  };
}

/** Half the width of a prediction's interval on the logarithm; null with too few cases. */
function halfWidth(
  cells: readonly TimeCell[],
  log: (cell: TimeCell) => number,
  coefficients: number,
): number | null {
  const byCase = [...groupBy(cells, (cell) => cell.case).values()].map((group) => mean(group.map(log)));
  const degrees = byCase.length - coefficients;
  if (degrees < 1) return null;
  const caseVariance = byCase.reduce((sum, value) => sum + value * value, 0) / degrees;
  const byProcess = [...groupBy(cells, (cell) => cell.process).values()].map((group) => mean(group.map(log)));
  const processVariance = byProcess.length < 2 ? 0 : variance(byProcess) / byProcess.length;
  const total = caseVariance * (1 + coefficients / byCase.length) + 2 * processVariance;
  return studentTQuantile(0.975, degrees) * Math.sqrt(total);
}

function futureCell(record: CaseRecord, variant: VariantRecord, cost: CostRecord): TimeCell {
  const products = productsOf(record, variant);
  return {
    case: record.id,
    process: "",
    inputs: inputsOf(record, variant),
    m: record.m,
    products,
    sigma: record.sigma,
    depth: record.depth,
    widths: record.widths,
    calls: callsOf({ products, blockSize: variant.blockSize }),
    footprintBytes: cost.footprintBytes,
    seconds: Number.NaN,
  };
}

/** Six digits, as all stored numbers. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
