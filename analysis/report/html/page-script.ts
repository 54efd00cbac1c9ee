/** @file The scripts of a report's page as one text: functions of `client/`, sent as they stand. Pure. */

import { copyButtons } from "./client/copy-buttons.ts";
import { drawCharts } from "./client/draw-charts.ts";
import { fitSpec } from "./client/fit-spec.ts";
import { numberTables } from "./client/number-tables.ts";
import { openFolds } from "./client/open-folds.ts";
import { sortTables } from "./client/sort-tables.ts";

/** Each stands alone and is called once the page is there. */
const STARTED = [sortTables, copyButtons, openFolds, numberTables, drawCharts];

/**
 * The page's own script.
 *
 * The functions are sent as the engine holds them: from a clone with blanks where types stood, from an installed package
 * as the compiler wrote them. So a page made by the one differs from a page made by the other in blanks.
 *
 * @param charts - false for pages without charts, which need no Vega
 * @returns JavaScript for the end of the body
 */
export function pageScript(charts: boolean): string {
  const started = charts ? STARTED : [sortTables, copyButtons, openFolds];
  const helpers = charts ? [fitSpec] : [];
  return [
    "(() => {",
    '"use strict";',
    ...[...helpers, ...started].map(String),
    ...helpers.map(({ name }) => `globalThis.${name} = ${name};`),
    ...started.map(({ name }) => `${name}();`),
    "})();",
    "",
  ].join("\n");
}
