/** @file Finds the chart that a user names: its report on disk, and its place in the catalogue. */

import { CHARTS, type Chart, chartById } from "../../analysis/charts/index.ts";
import type { ExperimentConfigLike } from "../../analysis/config.ts";
import { JacobenchError } from "../errors.ts";
import { readExperiment } from "../experiment/read-results.ts";
import { inside, listFolder, pathExists } from "../files.ts";
import { didYouMean } from "../names.ts";
import type { Results } from "../results/types.ts";

/** Where a sweep puts its reports unless told otherwise. */
const REPORTS = "reports";

/** A chart with the results that it is drawn from. */
export type FoundChart = { readonly results: Results<ExperimentConfigLike>; readonly chart: Chart };

/**
 * Finds a chart.
 *
 * @param path - `EXPERIMENT/CHART`, or `CHART` where one report alone has it
 * @param from - folder of the report; `reports/EXPERIMENT` if left out
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME` for charts and experiments that are not there, or more than one;
 *   `ERR_CONFIG` for a folder without results; `ERR_UNSUPPORTED` where the results lack what the chart shows
 */
export function findChart(path: string, from: string | undefined): FoundChart {
  const slash = path.lastIndexOf("/");
  const id = path.slice(slash + 1);
  const chart = knownChart(id, path);
  const folder = from ?? inside(REPORTS, slash < 0 ? onlyReportWith(id) : knownReport(path.slice(0, slash)));
  if (!pathExists(inside(folder, "results.json"))) {
    throw new JacobenchError(
      "ERR_CONFIG",
      `${folder}: found no results.json; expected the folder of one experiment's report: run a sweep, or name another ` +
        "folder with --from",
    );
  }
  const { results } = readExperiment(folder);
  const stored = results as Results<ExperimentConfigLike>;
  if (slash >= 0 && stored.experiment !== path.slice(0, slash)) {
    throw new JacobenchError(
      "ERR_UNKNOWN_NAME",
      `${folder}: holds the experiment "${stored.experiment}"; expected "${path.slice(0, slash)}"`,
    );
  }
  const wants = chart.wants(stored);
  if (wants !== null) {
    throw new JacobenchError(
      "ERR_UNSUPPORTED",
      `chart "${id}": cannot be drawn from ${folder}; it needs ${wants}`,
    );
  }
  return { results: stored, chart };
}

function knownChart(id: string, path: string): Chart {
  if (id !== "") return chartById(id);
  const known = CHARTS.map((chart) => chart.id).join(", ");
  throw new JacobenchError(
    "ERR_UNKNOWN_NAME",
    `chart "${path}" has no name; expected EXPERIMENT/CHART, of ${known}`,
  );
}

function knownReport(experiment: string): string {
  const known = reports();
  if (known.includes(experiment)) return experiment;
  const there = known.length === 0 ? "there are none; run a sweep" : `known are ${known.join(", ")}`;
  throw new JacobenchError(
    "ERR_UNKNOWN_NAME",
    `experiment "${experiment}" has no report in ${REPORTS}/; ${there}${didYouMean(experiment, known)}`,
  );
}

function onlyReportWith(id: string): string {
  const known = reports();
  const drawn = known.filter((name) => pathExists(inside(REPORTS, name, "charts", `${id}.vl.json`)));
  // A single report may be asked for charts that it does not show.
  const holding = drawn.length === 0 && known.length === 1 ? known : drawn;
  if (holding.length === 1) return holding[0]!;
  const choice =
    holding.length === 0
      ? `no report in ${REPORTS}/ has it; name the folder of a report with --from`
      : `more than one report has it; expected one of ${holding.map((name) => `${name}/${id}`).join(", ")}`;
  throw new JacobenchError("ERR_UNKNOWN_NAME", `chart "${id}": ${choice}`);
}

/** Names of the folders in `reports/` that hold results. */
function reports(): string[] {
  if (!pathExists(REPORTS)) return [];
  return listFolder(REPORTS, "ERR_CONFIG").filter((name) =>
    pathExists(inside(REPORTS, name, "results.json")),
  );
}
