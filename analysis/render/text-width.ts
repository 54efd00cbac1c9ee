/** @file Widths of text in the font that charts are drawn with, measured in the font file instead of guessed. (N) */

import { createRequire } from "node:module";
import * as fontkit from "fontkit";

const require = createRequire(import.meta.url);
const DEFAULT_FONT_SIZE = 11;

/** The two faces that charts use; files of the package dejavu-fonts-ttf. */
export const FONT_FILES = {
  regular: require.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"),
  bold: require.resolve("dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf"),
} as const;

type Face = keyof typeof FONT_FILES;

const fonts = new Map<Face, fontkit.Font>();
const widths = new Map<string, number>();

/**
 * The advance width of a text in DejaVu Sans.
 *
 * @param text - one line
 * @param style - size in px (11 if not given) and weight, as in a Vega text item
 * @returns px
 */
export function textWidth(
  text: string,
  style: { readonly fontSize?: number | undefined; readonly fontWeight?: string | number | undefined },
): number {
  const face: Face = /bold|[6-9]00/.test(String(style.fontWeight)) ? "bold" : "regular";
  const key = `${face}\u0000${text}`;
  let ems = widths.get(key);
  if (ems === undefined) {
    const font = fontOf(face);
    ems = font.layout(text).advanceWidth / font.unitsPerEm;
    widths.set(key, ems);
  }
  return ems * (style.fontSize ?? DEFAULT_FONT_SIZE);
}

function fontOf(face: Face): fontkit.Font {
  const known = fonts.get(face);
  if (known) return known;
  const font = fontkit.openSync(FONT_FILES[face]) as fontkit.Font;
  fonts.set(face, font);
  return font;
}
