/** @file What many devices say together, in sentences and in rows of a table. Pure. */

import {
  type Device,
  deviceGroups,
  type Quantity,
  type QuantitySummary,
  summariseDevices,
} from "../laws/devices.ts";
import { SYMBOL } from "../laws/power-law.ts";
import { formatEstimate, formatFixed, listed } from "../text.ts";

/** A quantity's name, e.g. `n, forward` or `crossover n/m`. */
export function quantityName({ mode, regressor }: Quantity): string {
  return mode === null || regressor === null ? "crossover n/m" : `${SYMBOL[regressor]}, ${mode}`;
}

/**
 * The finding: how many devices, the medians of what is predicted to be 1, how far the devices spread, and how many
 * intervals hold the predicted number.
 *
 * @param devices - at least one
 * @returns sentences
 */
export function devicesSentences(devices: readonly Device[]): string[] {
  const summaries = summariseDevices(devices);
  const groups = deviceGroups(devices).map(({ group, count }) => `${count} ${group}`);
  const told = summaries.filter(({ quantity, devices: count }) => quantity.predicted === 1 && count > 0);
  const many = devices.length > 1;
  return [
    `${devices.length} ${many ? "devices" : "device"} (${listed(groups)}).`,
    ...told.map((summary) => quantitySentence(summary, many)),
    ...(summaries.every(({ intervals }) => intervals === 0)
      ? ["No device has intervals: these runs are quick ones, or too short."]
      : []),
    ...(told.some(({ quantity, median }) => quantity.regressor === "sigma" && median! < 1)
      ? ["Σ is an upper bound: its exponent lies below 1 where a call has a fixed cost beside its FMA."]
      : []),
  ];
}

function quantitySentence(summary: QuantitySummary, many: boolean): string {
  const { quantity, median, quartiles, range, intervals, covering, devices } = summary;
  const what =
    quantity.mode === null
      ? "Forward and reverse take equally long at n/m = "
      : `The exponent of ${quantityName(quantity).replace(",", "")} is `;
  const middle = many
    ? ` in the median of ${devices} (half of them ${span(quartiles!)}, all ${span(range!)})`
    : "";
  const held = intervals === 0 ? "" : `; ${covering} of ${intervals} intervals cover 1`;
  return `${what}${formatFixed(median!)}${middle}${held}.`;
}

/** The summary's rows: quantity, predicted, devices, median, middle half, range, covering. */
export function summaryRows(devices: readonly Device[]): string[][] {
  return summariseDevices(devices)
    .filter(({ devices: count }) => count > 0)
    .map(({ quantity, devices: count, median, quartiles, range, intervals, covering }) => [
      quantityName(quantity),
      String(quantity.predicted),
      String(count),
      formatFixed(median!),
      span(quartiles!),
      span(range!),
      intervals === 0 ? "–" : `${covering} of ${intervals}`,
    ]);
}

/** Headings of {@link summaryRows}. */
export const SUMMARY_HEADINGS = [
  "quantity",
  "predicted",
  "devices",
  "median",
  "middle half",
  "all",
  "intervals that cover it",
] as const;

/**
 * A device's value as text.
 *
 * @param withInterval - whether the interval stands behind it, where there is one
 */
export function deviceValue(device: Device, quantity: Quantity, withInterval: boolean): string {
  const value = device.values[quantity.id];
  if (value == null) return "–";
  return withInterval ? formatEstimate(value) : formatFixed(value.estimate);
}

function span([low, high]: readonly [number, number]): string {
  return `${formatFixed(low)} to ${formatFixed(high)}`;
}
