/** @file The scale of widths: px of a width, linear as long as the sizes can be told apart, logarithmic beyond. Pure. */

/** A scale from widths to px. */
export type Scale = {
  readonly kind: "linear" | "log";
  /** The width at the top of the drawing. */
  readonly top: number;
  /** px of a width, at least 0. */
  px(width: number): number;
  /** The width of so many px; the inverse, not rounded. */
  width(px: number): number;
};

/** Beyond this ratio of widths a linear scale shows the smaller ones no more. */
const MOST_LINEAR = 3000;

const TOPS = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/**
 * Chooses the scale of a network.
 *
 * @param widths - of all columns
 * @param height - px of the largest width that the drawing has room for
 */
export function scaleOf(widths: readonly number[], height: number): Scale {
  const largest = Math.max(...widths);
  const top = topOf(largest);
  if (largest / Math.min(...widths) <= MOST_LINEAR) {
    return {
      kind: "linear",
      top,
      px: (width) => (width / top) * height,
      width: (px) => (px / height) * top,
    };
  }
  const span = Math.log1p(top);
  return {
    kind: "log",
    top,
    px: (width) => (Math.log1p(width) / span) * height,
    width: (px) => Math.expm1((px / height) * span),
  };
}

/** A round width a little above the largest, so that there is room to drag and the scale seldom changes. */
function topOf(largest: number): number {
  const wanted = Math.max(4, largest * 1.06);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = TOPS.find((one) => one * power >= wanted) ?? 10;
  return step * power;
}
