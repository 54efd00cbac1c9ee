/** @file SVG to PNG with the fonts of a package, so that pictures are alike on machines with other fonts or none. (N) */

import { FONT_FILES } from "./text-width.ts";

/**
 * Rasterises a chart.
 *
 * @param svg - of `renderSvg`; the background is the chart's own
 * @param scale - pixels for one px; 2 by default
 * @returns the bytes of a PNG
 */
export async function pngFromSvg(svg: string, scale = 2): Promise<Uint8Array> {
  const { Resvg } = await import("@resvg/resvg-js");
  const picture = new Resvg(svg, {
    fitTo: { mode: "zoom", value: scale },
    // Without font files all text would vanish without an error.
    font: {
      loadSystemFonts: false,
      fontFiles: Object.values(FONT_FILES),
      defaultFontFamily: "DejaVu Sans",
      sansSerifFamily: "DejaVu Sans",
    },
  });
  return new Uint8Array(picture.render().asPng());
}
