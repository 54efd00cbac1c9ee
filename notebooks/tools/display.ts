/** @file What cells show: charts, tables, Markdown and values, each in forms that every viewer of notebooks can draw. */

import type { TopLevelSpec } from "vega-lite";
import { configOf, VEGA_LITE_SCHEMA } from "../../analysis/charts/theme.ts";
import { renderSpec } from "../../analysis/render/render-spec.ts";
import { chartFaults, titleOf } from "./display/check-chart.ts";
import { formatValue } from "./display/format-value.ts";
import { sendOutput, settleOutputs } from "./display/settle.ts";
import { type Column, type Row, tableText } from "./display/table-text.ts";

settleOutputs();

const DISPLAY = Symbol.for("Jupyter.display");

/** Something that a cell shows when it is the value of the cell's last expression, or handed to {@link display}. */
export type Displayed = { readonly [DISPLAY]: () => Promise<Readonly<Record<string, unknown>>> };

/**
 * A chart: live in JupyterLab and VS Code, a picture on GitHub and in books, and its description as text.
 *
 * @param spec - Vega-Lite with its data inside, within what version 5.6 draws; font and sizes of text come from the
 *   project's charts where the spec says nothing of them
 * @param description - for those who do not see it: what is drawn against what, and what it shows
 * @throws {Error} if title, description or the title of an axis is missing, or vega warns
 *
 * @example
 * chart(spec, "Line chart of the error against the step size, both logarithmic: a V with its lowest point at 1e-8.");
 */
export function chart(spec: TopLevelSpec, description: string): Displayed {
  const faults = chartFaults(spec, description);
  if (faults.length > 0) throw new Error(`chart: ${faults.join("; ")}`);
  const drawn = {
    ...spec,
    $schema: VEGA_LITE_SCHEMA,
    description,
    config: { ...configOf("page", "light"), ...spec.config },
  } as TopLevelSpec;
  return displayed(async () => ({
    "application/vnd.vegalite.v5+json": drawn,
    "image/png": toBase64(await renderSpec(drawn, "png")),
    "text/plain": `Chart: ${titleOf(drawn)}\n${description}`,
  }));
}

/**
 * A table.
 *
 * @param rows - records by column
 * @param columns - which ones, in which order: names, or names with a title, a format, a side; all of the first row if left out
 *
 * @example
 * table([{ mode: "forward", fma: 444158000 }], [{ key: "mode", title: "Mode" }, { key: "fma", title: "FMA" }]);
 */
export function table(rows: readonly Row[], columns?: readonly (string | Column)[]): Displayed {
  const text = tableText(rows, columns);
  return displayed(async () => ({ "text/markdown": text.markdown, "text/plain": text.plain }));
}

/**
 * Markdown, with mathematics in `$…$`, made from values that were computed.
 *
 * @param text - as in a Markdown cell
 */
export function markdown(text: string): Displayed {
  return displayed(async () => ({ "text/markdown": text, "text/plain": text }));
}

/**
 * A value as plain text: numbers rounded, vectors and matrices aligned, records a line each.
 *
 * @param value - a number, a text, an ndarray, an array or a record of these
 * @param digits - significant digits of numbers that are not whole
 */
export function show(value: unknown, digits = 6): Displayed {
  const text = formatValue(value, digits);
  return displayed(async () => ({ "text/plain": text }));
}

/**
 * Shows several things in one cell, in order, before the cell ends: `await display(a, b)`.
 *
 * @param items - from the functions above; other values as by {@link show}
 */
export async function display(...items: readonly unknown[]): Promise<void> {
  for (const item of items) {
    const shown = isDisplayed(item) ? item : show(item);
    await sendOutput(await shown[DISPLAY]());
  }
}

function displayed(bundle: () => Promise<Readonly<Record<string, unknown>>>): Displayed {
  return { [DISPLAY]: bundle };
}

function isDisplayed(item: unknown): item is Displayed {
  return typeof item === "object" && item !== null && DISPLAY in item;
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
