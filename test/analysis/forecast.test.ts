/** @file The forecast on synthetic data: predicts what obeys its model, its intervals hold, and it says when it fails. */

import { describe, expect, test } from "vitest";
import type { AnyResults } from "../../analysis/config.ts";
import { fitForecast, forecastComparison } from "../../analysis/laws/forecast.ts";
import { fitPowerLaw } from "../../analysis/laws/power-law.ts";
import { measurementRows } from "../../analysis/table.ts";
import {
  SCALING_WIDTHS,
  type SyntheticOptions,
  syntheticResults,
  variantOf,
} from "../support/synthetic-results.ts";

/** Every fourth case is timed first, from a small to a large one. */
const isPilot = (results: AnyResults, id: string): boolean =>
  results.cases.findIndex((record) => record.id === id) % 4 === 0;

/** A whole run, and the part of it that is known when the forecast is made. */
function run(options: SyntheticOptions): { whole: AnyResults; known: AnyResults } {
  const made = syntheticResults({ widths: SCALING_WIDTHS, secondsPerProduct: 5e-7, ...options });
  const measurements = made.measurements.map((one) => ({
    ...one,
    role: isPilot(made, one.case) ? ("pilot" as const) : ("main" as const),
  }));
  const whole = { ...made, measurements };
  return { whole, known: { ...whole, measurements: measurements.filter(({ role }) => role === "pilot") } };
}

test("a machine that obeys the model is predicted exactly where there is no noise", () => {
  const { whole, known } = run({ noise: { case: 0, process: 0, round: 0 } });
  const forecast = fitForecast(known);
  expect(forecast.predictions).toHaveLength(2 * whole.cases.filter(({ id }) => !isPilot(whole, id)).length);
  const comparison = forecastComparison(whole, forecast);
  expect(comparison.shareWithin10).toBe(1);
  for (const { ratio } of comparison.rows) expect(ratio).toBeCloseTo(1, 4);
});

test("only cases that were not timed are predicted, by the model that is named", () => {
  const { known } = run({});
  const { predictions, model } = fitForecast(known);
  expect(predictions.some((one) => isPilot(known, one.case))).toBe(false);
  expect(model.time).toBe("products");
  expect(model.variants).toMatchObject([
    { variant: "forward", kind: "machine", cases: 7 },
    { variant: "reverse", kind: "machine", cases: 7 },
  ]);
});

test("the intervals hold what is measured later, in about 95 of 100", () => {
  let [covered, all] = [0, 0];
  for (let rngSeed = 1; rngSeed <= 40; rngSeed++) {
    const { whole, known } = run({ rngSeed });
    const { rows } = forecastComparison(whole, fitForecast(known));
    all += rows.length;
    covered += rows.filter((row) => row.covered).length;
  }
  expect(all).toBe(40 * 40);
  expect(covered / all).toBeGreaterThan(0.92);
  expect(covered / all).toBeLessThan(0.995);
});

test("a machine that does not obey: the share within 10 % tells", () => {
  const law: SyntheticOptions["law"] = (record, variant) =>
    (variant.mode === "reverse" ? record.m : record.n) ** 1.5 * record.sigma ** 1.3 * 1e-9;
  const { whole, known } = run({ law });
  expect(forecastComparison(whole, fitForecast(known)).shareWithin10).toBeLessThan(0.5);
});

describe("without a machine model: seconds an FMA", () => {
  test("strategies of neither mode", () => {
    const variants = [variantOf("finite-differences-forward")];
    // (n + 1)·Σ for the evaluations, n·m for the quotients.
    const law: SyntheticOptions["law"] = ({ n, m, sigma }) => 2e-9 * ((n + 1) * sigma + n * m);
    const { whole, known } = run({ variants, law, noise: { case: 0, process: 0, round: 0 } });
    const forecast = fitForecast(known);
    expect(forecast.model.variants).toMatchObject([{ kind: "rate", secondsPerFma: 2e-9 }]);
    for (const { ratio } of forecastComparison(whole, forecast).rows) expect(ratio).toBeCloseTo(1, 4);
  });

  test("too few cases for one", () => {
    const { known } = run({});
    const [first] = known.measurements;
    const forecast = fitForecast({
      ...known,
      measurements: known.measurements.filter((one) => one.case === first!.case),
    });
    expect(forecast.model.variants).toMatchObject([{ kind: "rate" }, { kind: "rate" }]);
    expect(forecast.predictions.every(({ interval95 }) => interval95 === null)).toBe(true);
  });
});

test("a pilots' process and one of the rest make one cluster: intervals count five, not ten", () => {
  const { whole } = run({});
  const apart = {
    ...whole,
    measurements: whole.measurements.map((one) =>
      one.role === "pilot" ? one : { ...one, process: one.process + 5, round: one.round + 15 },
    ),
  };
  expect(new Set(measurementRows(apart).map((row) => row.process)).size).toBe(10);
  expect(new Set(measurementRows(apart).map((row) => row.processKey)).size).toBe(5);
  const exponent = (results: AnyResults) => fitPowerLaw(results, { variant: "forward" }).exponents.sigma;
  expect(exponent(apart)).toEqual(exponent(whole));
});

test("no intervals from too few processes; and none of what was not timed at all", () => {
  const { known, whole } = run({ processes: 3 });
  expect(fitForecast(known).predictions.every(({ interval95 }) => interval95 === null)).toBe(true);
  const nothing = fitForecast({ ...known, measurements: [] });
  expect(nothing.predictions).toEqual([]);
  expect(forecastComparison(whole, nothing)).toEqual({
    rows: [],
    shareWithin10: null,
    shareCovered: null,
    medianAbsError: null,
  });
});
