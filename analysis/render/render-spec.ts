/** @file One way to a picture: a spec to SVG, PNG or PDF. (N) */

import type { TopLevelSpec } from "vega-lite";
import { pdfFromSvg } from "./pdf.ts";
import { pngFromSvg } from "./png.ts";
import { renderSvg } from "./svg.ts";

/** Formats of pictures. */
export type RenderFormat = "svg" | "png" | "pdf";

/** How to render; every one has a default. */
export type RenderOptions = {
  /** Prefix of ids inside of the SVG; `chart` by default. */
  readonly id?: string | undefined;
  /** Pixels of a PNG for one px of the chart; 2 by default. */
  readonly scale?: number | undefined;
};

/**
 * Draws a spec.
 *
 * The packages for PNG and PDF are loaded when they are first asked for.
 *
 * @param spec - with its data inside; nothing is loaded
 * @param format - of the picture
 * @param options - id and, for PNG, scale
 * @returns text for SVG, bytes for PNG and PDF; the same for the same spec
 * @throws {JacobenchError} `ERR_CONFIG` if vega or vega-lite warn or fail, `ERR_NON_FINITE` if a place is not finite
 *
 * @example
 * await renderSpec(charts.scaling(results, { size: "slide" }), "png", { id: "scaling" });
 */
export async function renderSpec<Format extends RenderFormat>(
  spec: TopLevelSpec,
  format: Format,
  { id = "chart", scale = 2 }: RenderOptions = {},
): Promise<Picture<Format>> {
  return (await picture(spec, format, id, scale)) as Picture<Format>;
}

/** What a format comes as. */
export type Picture<Format extends RenderFormat> = Format extends "svg" ? string : Uint8Array;

async function picture(
  spec: TopLevelSpec,
  format: RenderFormat,
  id: string,
  scale: number,
): Promise<string | Uint8Array> {
  const svg = await renderSvg(spec, id);
  if (format === "svg") return svg;
  return format === "png" ? pngFromSvg(svg, scale) : pdfFromSvg(svg);
}
