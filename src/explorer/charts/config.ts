/** @file What the explorer's charts have in common: the look of all charts of the toolkit, on the page's own ground. Pure. */

import type { TopLevelSpec } from "vega-lite";
import { type ChartTheme, configOf } from "../../../analysis/charts/theme.ts";

/** Where a chart stands. */
export type ChartRoom = { readonly width: number; readonly theme: ChartTheme };

/** Config without a background: the page's shows through. */
export function chartConfig(theme: ChartTheme): NonNullable<TopLevelSpec["config"]> {
  return { ...configOf("page", theme), background: "transparent", padding: 2 };
}
