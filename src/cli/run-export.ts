/** @file The work of `export`: charts as files, numbers as macros or substitutions. */

import { chartById } from "../../analysis/charts/index.ts";
import type { ExperimentConfigLike } from "../../analysis/config.ts";
import { assetContent } from "../../analysis/embed/assets.ts";
import { SIZES } from "../../analysis/embed/chart.ts";
import { embedCharts } from "../../analysis/embed/embed-page.ts";
import {
  NUMBER_FILES,
  NUMBER_FORMATS,
  type NumberFormat,
  writeNumbers,
} from "../../analysis/embed/number-formats.ts";
import { statedNumbers } from "../../analysis/embed/numbers.ts";
import type { AssetFormat } from "../../analysis/embed/target.ts";
import { JacobenchError } from "../errors.ts";
import { experimentFolders, readExperiment } from "../experiment/read-results.ts";
import { createFolder, inside, writeFileAtomic } from "../files.ts";
import type { Results } from "../results/types.ts";
import type { ExportCommandOptions } from "./export.ts";
import { chosen, fileName } from "./run-embed.ts";

const FORMATS: readonly AssetFormat[] = ["svg", "png", "pdf", "html", "vl.json", "js"];
const DEFAULT_FORMATS = FORMATS.filter((format) => format !== "js");
const DEFAULT_FOLDER = "export";

type Stored = Results<ExperimentConfigLike>;

/**
 * Exports reports.
 *
 * @param folder - of one report, or of several
 * @param options - of the command line
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME` for formats and sizes that do not exist, `ERR_UNSUPPORTED` for both kinds of
 *   export at once, `ERR_CONFIG` for a folder without results, `ERR_FILE`
 */
export async function exportCommand(folder: string, options: ExportCommandOptions): Promise<void> {
  if (options.format !== undefined && options.formats !== undefined) {
    throw new JacobenchError(
      "ERR_UNSUPPORTED",
      "export: both --formats and --format were given; expected one: --formats for charts, --format for numbers",
    );
  }
  const numberFormat =
    options.format === undefined ? null : chosen<NumberFormat>("--format", NUMBER_FORMATS, options.format);
  const formats =
    options.formats === undefined
      ? DEFAULT_FORMATS
      : options.formats.split(",").map((name) => chosen("--formats", FORMATS, name.trim()));
  const size = chosen("--size", SIZES, options.size);
  const stored = experimentFolders(folder).map((where) => readExperiment(where).results as Stored);
  if (numberFormat !== null) {
    exportNumbers(numberFormat, stored, options);
    return;
  }
  const into = options.into ?? DEFAULT_FOLDER;
  createFolder(into);
  const write = (name: string, content: string | Uint8Array): void => {
    const file = inside(into, name);
    writeFileAtomic(file, content);
    process.stdout.write(`${file}\n`);
  };
  for (const results of stored) {
    for (const { id, chart } of embedCharts(results)) {
      for (const format of formats.filter((one) => one !== "js")) {
        const content = await assetContent(results, chartById(id), format, size);
        write(fileName(chart.stem, format, size), content);
      }
    }
  }
  if (formats.includes("js")) {
    const { sharedScript } = await import("../../analysis/embed/shared-script.ts");
    write(fileName("", "js", size), await sharedScript());
  }
}

function exportNumbers(format: NumberFormat, stored: readonly Stored[], options: ExportCommandOptions): void {
  const texts = stored.map((results) => {
    const prefix = options.prefix ?? (stored.length > 1 ? results.experiment : "");
    return { results, text: writeNumbers(format, results, statedNumbers(results, [prefix])) };
  });
  if (options.into === undefined) {
    if (texts.length > 1 && format === "myst-substitutions") {
      throw new JacobenchError(
        "ERR_UNSUPPORTED",
        `export: ${texts.length} reports give ${texts.length} YAML documents; expected --into DIR for several, or the folder of one report`,
      );
    }
    process.stdout.write(texts.map(({ text }) => text).join("\n"));
    return;
  }
  createFolder(options.into);
  for (const { results, text } of texts) {
    const file = inside(options.into, `${results.experiment}-${NUMBER_FILES[format]}`);
    writeFileAtomic(file, text);
    process.stdout.write(`${file}\n`);
  }
}
