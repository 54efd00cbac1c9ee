/** @file What stands over an answer about a chain: its widths, whether it is linear, n, m and Σ; and over tables of one convention. */

import { COLUMNS, wrapText } from "../../analysis/text.ts";
import { describeShape, isLinear } from "../chain/describe.ts";
import type { ChainShape } from "../chain/shape.ts";
import type { RowConvention } from "../strategies/convention.ts";
import { formatCount, formatInteger } from "./table.ts";

/** What stands over the rows of a convention. */
export const CONVENTION_TITLES: Readonly<Record<RowConvention, string>> = {
  "matrix-free": "Nothing at hand, dense unit seeds (as in JAX and PyTorch):",
  given: "The layers' matrices at hand, columns and rows read:",
};

/** Widths of a long chain that are shown at its start and at its end. */
const [SHOWN_FIRST, SHOWN_LAST, MOST_SHOWN] = [6, 4, 12];

/**
 * The chain in a line or two of at most 80 columns.
 *
 * @param shape - of the chain
 * @returns e.g. `784-512-10, linear (no activation): n = 784, m = 10, Σ = 406,528 FMA per product`
 */
export function chainLine(shape: ChainShape): string {
  const { widths, n, m, sigma } = describeShape(shape);
  const linear = isLinear(shape.layers) ? ", linear (no activation)" : "";
  const text = `${widthsText(widths)}${linear}: n = ${formatInteger(n)}, m = ${formatInteger(m)}, Σ = ${countText(sigma)} FMA per product`;
  return wrapText(text, COLUMNS).join("\n");
}

/** A count, marked where it is beyond the exact integers. */
export function countText(value: number): string {
  return (Number.isSafeInteger(value) ? "" : "≈") + formatCount(value);
}

function widthsText(widths: readonly number[]): string {
  if (widths.length <= MOST_SHOWN) return widths.join("-");
  const shown = [...widths.slice(0, SHOWN_FIRST), "…", ...widths.slice(-SHOWN_LAST)].join("-");
  return `${shown} (${widths.length - 1} layers)`;
}
