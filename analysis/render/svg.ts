/** @file A Vega-Lite spec to SVG without a browser; every warning is an error, and the same spec gives the same bytes. (N) */

import * as vega from "vega";
import type { TopLevelSpec } from "vega-lite";
import * as vegaLite from "vega-lite";
import { JacobenchError } from "../../src/errors.ts";
import { plainText } from "../text.ts";
import { ontoCanvas } from "./canvas.ts";
import { textWidth } from "./text-width.ts";

/** Vega's way to measure text, shared by the whole process; missing in its type declarations. */
const { textMetrics } = vega as unknown as {
  readonly textMetrics: {
    width: (item: { fontSize?: number; fontWeight?: string | number }, text: unknown) => number;
  };
};

/** Attributes whose numbers are places and sizes. */
const GEOMETRY = /(\s(?:d|transform|x|y|x1|x2|y1|y2|cx|cy|r|width|height|viewBox)=")([^"]*)(")/g;

/**
 * Compiles and draws a spec.
 *
 * Text is measured in DejaVu Sans, since Vega only estimates widths without a canvas. Numbers of the geometry are
 * rounded to three decimals. A chart for a slide or a column gets exactly that page. The root carries `role="img"` with a `<title>` and a `<desc>` for screen readers.
 *
 * @param spec - with its data inside; nothing is loaded
 * @param id - prefix of ids inside of the SVG, e.g. the chart's id
 * @returns a standalone SVG document
 * @throws {JacobenchError} `ERR_CONFIG` if vega or vega-lite warn or fail, or a number is not finite
 */
export async function renderSvg(spec: TopLevelSpec, id: string): Promise<string> {
  const complaints: string[] = [];
  const logger = collectingLogger(complaints);
  const estimate = textMetrics.width;
  let svg: string;
  try {
    textMetrics.width = (item, text) => textWidth(String(text ?? ""), item);
    // Ids in the SVG are numbered by process-wide counters.
    vega.resetSVGDefIds();
    const compiled = vegaLite.compile(spec, { logger }).spec;
    const view = new vega.View(vega.parse(compiled), { renderer: "none", logger, loader: REFUSING_LOADER });
    svg = await view.toSVG();
    view.finalize();
  } catch (error) {
    throw new JacobenchError("ERR_CONFIG", `chart ${id}: cannot be drawn: ${(error as Error).message}`, {
      cause: error,
    });
  } finally {
    textMetrics.width = estimate;
  }
  if (complaints.length > 0) {
    throw new JacobenchError("ERR_CONFIG", `chart ${id}: vega warns: ${complaints.join("; ")}`);
  }
  const tidy = roundGeometry(svg);
  if (/NaN|Infinity/.test(tidy.replace(/>[^<]*</g, "><").replace(/\saria-\w+="[^"]*"/g, ""))) {
    throw new JacobenchError(
      "ERR_NON_FINITE",
      `chart ${id}: a place in the SVG is not finite; expected finite data`,
    );
  }
  return accessible(ontoCanvas(tidy, spec), spec, id);
}

/** Rounds the numbers of places and sizes to three decimals; texts and labels are left alone. */
export function roundGeometry(svg: string): string {
  return svg.replace(GEOMETRY, (_, before: string, value: string, after: string) => {
    const rounded = value.replace(/-?\d*\.?\d+(?:e[+-]?\d+)?/gi, (number) =>
      String(Math.round(Number(number) * 1e3) / 1e3 || 0),
    );
    return before + rounded + after;
  });
}

/** Escapes a text for XML content and attributes. */
export function escapeXml(text: string): string {
  return plainText(text)
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");
}

function accessible(svg: string, spec: TopLevelSpec, id: string): string {
  const title = titleText(spec);
  const prefix = id.replace(/[^A-Za-z0-9-]/g, "-");
  const described = spec.description !== undefined && spec.description !== title;
  const head =
    `<title id="${prefix}-title">${escapeXml(title)}</title>` +
    (described ? `<desc id="${prefix}-desc">${escapeXml(spec.description!)}</desc>` : "");
  const labels = `${prefix}-title${described ? ` ${prefix}-desc` : ""}`;
  return svg
    .replace(/\b(id="|url\(#|href="#)((?:clip|gradient_)\d+)/g, `$1${prefix}-$2`)
    .replace(/<svg([^>]*)>/, (_, attributes: string) => {
      const kept = attributes.replace(/\s(?:role|aria-\w+)="[^"]*"/g, "");
      return `<svg${kept} role="img" aria-labelledby="${labels}">${head}`;
    })
    .concat("\n");
}

/** The chart's title or, where none is drawn, the finding that its spec carries. */
function titleText(spec: TopLevelSpec): string {
  const { title, usermeta } = spec;
  const text = typeof title === "object" && title !== null && "text" in title ? title.text : title;
  const finding = (usermeta as { jacobench?: { finding?: unknown } } | undefined)?.jacobench?.finding;
  return Array.isArray(text) ? text.join(" ") : String(text ?? finding ?? "");
}

/** Charts stand alone: a spec that asks for a file or an address is refused. */
const REFUSING_LOADER: vega.Loader = {
  load: (uri) => Promise.reject(new Error(`refused to load ${uri}`)),
  sanitize: (uri) => Promise.reject(new Error(`refused ${uri}`)),
  http: (uri) => Promise.reject(new Error(`refused to load ${uri}`)),
  file: (name) => Promise.reject(new Error(`refused to read ${name}`)),
};

/** What vega says of a brush where there is no window to drag in. */
const HARMLESS = /^Can not resolve event source: window$/;

function collectingLogger(complaints: string[]): vega.LoggerInterface {
  const logger: vega.LoggerInterface = {
    level: ((value?: number) => (value === undefined ? vega.Warn : logger)) as vega.LoggerInterface["level"],
    error: (...message) => {
      complaints.push(message.map(String).join(" "));
      return logger;
    },
    warn: (...message) => {
      const text = message.map(String).join(" ");
      if (!HARMLESS.test(text)) complaints.push(text);
      return logger;
    },
    info: () => logger,
    debug: () => logger,
  };
  return logger;
}
