/** @file Axes: logarithmic ones with sensible ticks for seconds, counts and bytes. */

import { wrapText } from "../text.ts";
import type { Look } from "./look.ts";
import { significant } from "./numbers.ts";

/**
 * Ticks of a logarithmic axis: the decades, with 2 and 5 (or 3) between them where there are few.
 *
 * @param domain - both ends positive
 */
export function logTicks(domain: readonly [number, number]): number[] {
  const decades = Math.log10(domain[1] / domain[0]);
  const steps =
    decades > 4 ? [1] : decades > 2.2 ? [1, 3] : decades > 0.8 ? [1, 2, 5] : [1, 2, 3, 4, 5, 6, 7, 8, 9];
  const first = Math.floor(Math.log10(domain[0]));
  const last = Math.ceil(Math.log10(domain[1]));
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
    .flatMap((exponent) => steps.map((step) => Number(`${step}e${exponent}`)))
    .filter((tick) => tick >= domain[0] && tick <= domain[1]);
}

/** Powers of two, so that every label is a whole number of its unit: at most eight of them. */
function byteTicks(domain: readonly [number, number]): number[] {
  const [first, last] = [Math.ceil(Math.log2(domain[0])), Math.floor(Math.log2(domain[1]))];
  const step = [1, 2, 5, 10].find((one) => (last - first) / one < 8) ?? 20;
  const start = step * Math.ceil(first / step);
  return Array.from({ length: Math.floor((last - start) / step) + 1 }, (_, i) => 2 ** (start + i * step));
}

/** A title in one or several lines. */
export type Title = string | string[];

/**
 * The title of a horizontal axis, in lines that fit a column.
 *
 * @param columns - most characters a line there
 */
export function xTitle(look: Look, text: string, columns = 40): Title {
  return look.size === "column" ? wrapText(text, columns) : text;
}

/** The title of a vertical axis, in lines that fit the height of a slide or a column. */
export function yTitle(look: Look, text: string): Title {
  return look.size === "page" ? text : wrapText(text, look.size === "slide" ? 36 : 26);
}

/** What an axis counts; decides its labels: 1µs … 100ms, 1k … 100M, 1 KiB … 1 GiB, or plain numbers. */
export type Quantity = "seconds" | "count" | "bytes" | "plain";

/**
 * A logarithmic channel.
 *
 * @param field - of the data
 * @param title - symbol, words and unit
 * @param domain - both ends positive
 */
export function logChannel<Field extends string>(
  field: Field,
  title: Title,
  domain: readonly [number, number],
  quantity: Quantity,
) {
  return {
    field,
    type: "quantitative" as const,
    title,
    scale: { type: "log" as const, domain: [...domain], nice: false },
    axis: { values: quantity === "bytes" ? byteTicks(domain) : logTicks(domain), ...labelsOf(quantity) },
  };
}

/**
 * A channel of ratios: linear about 1 where they lie close together, else logarithmic.
 *
 * @param values - positive; 1 is always in the domain
 */
export function ratioChannel<Field extends string>(field: Field, title: Title, values: readonly number[]) {
  const [low, high] = [Math.min(1, ...values), Math.max(1, ...values)];
  if (high / low >= 3) {
    const margin = (high / low) ** 0.06;
    return logChannel(field, title, [significant(low / margin), significant(high * margin)], "plain");
  }
  const margin = 0.06 * (high - low) + 0.005;
  return {
    field,
    type: "quantitative" as const,
    title,
    scale: {
      type: "linear" as const,
      domain: [significant(low - margin), significant(high + margin)],
      nice: false,
      zero: false,
    },
    axis: { format: ".3~f", tickCount: 6 },
  };
}

/** Whole numbers of binary units; a blanked label stays blank. */
const BYTES_LABEL = ["GiB", "MiB", "KiB"].reduceRight(
  (smaller, unit, i) =>
    `datum.value >= ${1024 ** (3 - i)} ? format(datum.value / ${1024 ** (3 - i)}, "~r") + " ${unit}" : ${smaller}`,
  `datum.label ? datum.label + " B" : ""`,
);

/** A blanked label gets no bare unit. */
function labelsOf(quantity: Quantity) {
  switch (quantity) {
    case "seconds":
      return { format: "~s", labelExpr: "datum.label ? datum.label + 's' : ''" };
    case "bytes":
      return { format: "~r", labelExpr: BYTES_LABEL };
    case "count":
      return { format: "~s" };
    case "plain":
      return { format: "~r" };
  }
}

/** A straight line of reference: dotted, in grey. */
export function referenceMark(look: Look, type: "rule" | "line") {
  return {
    type,
    color: look.ink.reference,
    strokeWidth: Math.max(1, look.measure.mark),
    strokeDash: [2, 3],
  };
}

/** A text inside of a plot, in grey. */
export function labelMark(look: Look, more: Readonly<Record<string, unknown>> = {}) {
  return {
    type: "text" as const,
    align: "left" as const,
    color: look.ink.reference,
    fontSize: look.measure.label,
    ...more,
  };
}
