/** @file The forecast of an experiment: from what it is made, its file, and the hashes by which both can be checked. (N) */

import { createHash } from "node:crypto";
import type { Forecast, ForecastFit, ForecastRecord, Measurement, Results } from "../results/types.ts";
import type { ExperimentConfig } from "./config.ts";

/** Name of the file in the folder of the experiment. */
export const FORECAST_FILE = "forecast.json";

/**
 * Makes the forecast from the pilots.
 *
 * @param results - that hold all cases and costs, and no measurement but the pilots'
 * @param predict - of analysis
 */
export async function makeForecast(
  results: Results<ExperimentConfig>,
  predict: (results: Results<ExperimentConfig>) => Promise<ForecastFit>,
): Promise<Forecast> {
  const { model, predictions } = await predict(results);
  const measured = new Set(results.measurements.map((measurement) => measurement.case));
  return {
    experiment: results.experiment,
    configHash: results.configHash,
    machine: results.environments[0]!.id,
    madeAt: new Date().toISOString(),
    pilots: results.cases.map(({ id }) => id).filter((id) => measured.has(id)),
    measurements: results.measurements.length,
    journalSha256: sha256(forecastSource(results.measurements)),
    model,
    predictions,
  };
}

/**
 * The lines of the journal from which a forecast is made; results.json holds the same records, so that
 * `journalSha256` can be checked when the journal is gone.
 *
 * @param measurements - in their order; those of role `main` are left out
 */
export function forecastSource(measurements: readonly Measurement[]): string {
  return measurements
    .filter(({ role }) => role === "pilot")
    .map((record) => `${JSON.stringify({ kind: "measurement", record })}\n`)
    .join("");
}

/** The content of forecast.json: the same text for the same forecast. */
export function formatForecast(forecast: Forecast): string {
  const { experiment, configHash, machine, madeAt, pilots, measurements, journalSha256 } = forecast;
  const about = { experiment, configHash, machine, madeAt, pilots, measurements, journalSha256 };
  const { model, predictions } = forecast;
  return `${JSON.stringify({ ...about, model, predictions }, null, 1)}\n`;
}

/** A forecast as results.json holds it: with the name and the hash of its file. */
export function forecastRecord(forecast: Forecast): ForecastRecord {
  return { ...forecast, file: FORECAST_FILE, sha256: sha256(formatForecast(forecast)) };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
