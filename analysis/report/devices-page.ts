/** @file index.md over many devices: the finding, the picture, the numbers of each; every text of a file escaped. Pure. */

import { chartById } from "../charts/index.ts";
import { type Device, QUANTITIES } from "../laws/devices.ts";
import {
  devicesSentences,
  deviceValue,
  quantityName,
  SUMMARY_HEADINGS,
  summaryRows,
} from "./devices-words.ts";
import { escapeMarkdown, markdownTable } from "./escape.ts";

/** A file that could not be used, and why. */
export type LeftOut = { readonly name: string; readonly reason: string };

/**
 * Writes the page; the picture is devices.svg beside it.
 *
 * @param devices - at least one, in the order of the picture
 * @param leftOut - files that could not be used
 */
export function devicesMarkdown(devices: readonly Device[], leftOut: readonly LeftOut[]): string {
  const used = QUANTITIES.filter(({ id }) => devices.some(({ values }) => values[id] != null));
  const rows = devices.map((device) =>
    [
      device.name,
      device.runtime,
      device.kernel,
      `${device.cases} × ${device.rounds}`,
      ...used.map((quantity) => deviceValue(device, quantity, true)),
      device.notes.join("; "),
    ].map(escapeMarkdown),
  );
  const head = ["device", "measured in", "kernel", "cases × rounds", ...used.map(quantityName), "notes"];
  return `${[
    "# Devices",
    devicesSentences(devices).map(escapeMarkdown).join(" "),
    // The picture has its finding inside.
    `![${escapeMarkdown(chartById("devices").title)}](devices.svg)`,
    "The picture as [PNG](devices.png) and as [Vega-Lite spec](devices.vl.json). Exponents are of t = c · n^a · m^b · Σ^g, " +
      "in brackets 95 % intervals; n·Σ forward and m·Σ reverse predict 1 for n, Σ and m, Σ, and 0 for the third; equal costs a " +
      "product predict the crossover at n/m = 1.",
    "## Together",
    markdownTable(
      SUMMARY_HEADINGS,
      "lrrrrrr",
      summaryRows(devices).map((row) => row.map(escapeMarkdown)),
    ),
    "## One by one",
    markdownTable(head, `lllr${"r".repeat(used.length)}l`, rows),
    ...(leftOut.length === 0
      ? []
      : [
          "## Left out",
          leftOut
            .map(({ name, reason }) => `- ${escapeMarkdown(name)}: ${escapeMarkdown(reason)}`)
            .join("\n"),
        ]),
  ].join("\n\n")}\n`;
}
