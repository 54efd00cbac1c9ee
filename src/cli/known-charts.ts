/** @file Charts that a config names: known to analysis alone, so configs are checked for them here. */

import { CHARTS } from "../../analysis/charts/index.ts";
import { JacobenchError } from "../errors.ts";
import { didYouMean } from "../names.ts";

/**
 * Refuses a chart that is not in the catalogue, before minutes of measuring bring it to light.
 *
 * @param ids - `report.charts` of a config
 * @param file - the config's name, for the message
 * @throws {JacobenchError} `ERR_CONFIG`
 */
export function expectCharts(ids: readonly string[], file: string): void {
  const known = CHARTS.map((chart) => chart.id);
  for (const [i, id] of ids.entries()) {
    if (known.includes(id)) continue;
    throw new JacobenchError(
      "ERR_CONFIG",
      `${file}: $.report.charts[${i}]: found "${id}"; expected one of ${known.join(", ")}${didYouMean(id, known)}`,
    );
  }
}
