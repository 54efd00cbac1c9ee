/** @file The forecast that was made before the measurement, and how it came true. Pure. */

import type { AnyResults } from "../config.ts";
import { forecastComparison, forecastSentence } from "../laws/forecast.ts";
import { count, quoted, type Sentence, says, term } from "../laws/sentence.ts";
import { formatEstimate, formatFixed, formatSeconds, plainText, variantName } from "../text.ts";
import { type Block, cell, paragraph, type Section, table } from "./blocks.ts";

/** Rows of the table: the predictions that were furthest off. */
const MOST_ROWS = 20;

/** How the forecast came true, as a half sentence; null without one. */
export function forecastFinding(results: AnyResults): Sentence | null {
  return results.forecast ? forecastSentence(forecastComparison(results, results.forecast)) : null;
}

/** The forecast, with the time and the hash of what it used; null without one. */
export function forecastSection(results: AnyResults): Section | null {
  const { forecast } = results;
  const text = forecastFinding(results);
  if (!forecast || text === null) return null;
  const intro: Block = paragraph([
    ...says`From ${count(forecast.measurements)} measurements of ${count(forecast.pilots.length)} pilot cases the machine model predicted all others at ${quoted(forecast.madeAt)}, before they were timed (`,
    { kind: "link", text: "forecast.json", href: "forecast.json" },
    ...says`, ${term("SHA-256")} of what it used: `,
    { kind: "code", text: plainText(forecast.journalSha256) },
    ...says`). ${text}.`,
  ]);
  const names = new Map(results.variants.map((variant) => [variant.label, variantName(variant)]));
  const worst = [...forecastComparison(results, forecast).rows]
    .sort((a, b) => Math.abs(Math.log(b.ratio)) - Math.abs(Math.log(a.ratio)))
    .slice(0, MOST_ROWS);
  return {
    id: "forecast",
    title: "Predicted before it was measured",
    blocks: [
      intro,
      table(
        "forecast",
        `The ${worst.length} predictions that were furthest off`,
        ["case", "variant", ">predicted", ">measured", ">measured / predicted"],
        worst.map((row) => [
          cell(plainText(row.case)),
          cell(names.get(row.variant) ?? plainText(row.variant)),
          cell(
            formatEstimate({ estimate: row.seconds, interval95: row.interval95 }, formatSeconds),
            row.seconds,
          ),
          cell(formatSeconds(row.measuredSeconds), row.measuredSeconds),
          cell(formatFixed(row.ratio), row.ratio),
        ]),
      ),
    ],
  };
}
