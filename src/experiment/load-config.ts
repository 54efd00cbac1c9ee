/** @file Reads experiment configs from files: syntax, form, names, and what no schema can say. (N) */

import { dirname, resolve } from "node:path";
import { JacobenchError } from "../errors.ts";
import { readTextFile } from "../files.ts";
import { parseJson } from "../json.ts";
import { configJsonSchema, configSchema, type ExperimentConfig } from "./config.ts";
import { parseBySchema } from "./config-problem.ts";

/** A config with the file that it came from and what it refers to. */
export type LoadedConfig = {
  readonly config: ExperimentConfig;
  /** As the user named it, for messages. */
  readonly file: string;
  /** The parsed model file that the config names; null without one. */
  readonly model: unknown;
};

/**
 * Reads and checks one config file, and the model file that it names.
 *
 * @param file - path of the config
 * @throws {JacobenchError} `ERR_CONFIG`: missing, unreadable, a folder, not JSON, or not a valid config
 */
export function loadConfig(file: string): LoadedConfig {
  const config = parseConfig(parseJson(readTextFile(file, "ERR_CONFIG"), file), file);
  if (!("model" in config.chain)) return { config, file, model: null };
  const modelFile = resolve(dirname(file), config.chain.model);
  return { config, file, model: parseJson(readTextFile(modelFile, "ERR_CONFIG"), modelFile) };
}

/**
 * Checks a config and fills in its defaults.
 *
 * @param json - the parsed file
 * @param where - its name, for messages
 * @throws {JacobenchError} `ERR_CONFIG`
 */
export function parseConfig(json: unknown, where: string): ExperimentConfig {
  const config = parseBySchema(configSchema, json, configJsonSchema, where);
  expectRounds(config, where);
  expectFamily(config.chain, where);
  expectDistinct(config.kernels, `${where}: $.kernels`);
  return config;
}

/**
 * Refuses fewer rounds than processes: a process without a round would be measured in nothing.
 *
 * @param where - the config's name, for the message
 * @throws {JacobenchError} `ERR_CONFIG`
 */
export function expectRounds(
  config: { readonly rounds: number; readonly processes: number },
  where: string,
): void {
  if (config.rounds >= config.processes) return;
  throw new JacobenchError(
    "ERR_CONFIG",
    `${where}: $.rounds: found ${config.rounds} rounds for ${config.processes} processes; expected at least one ` +
      "round a process",
  );
}

/**
 * Refuses a grid whose lists repeat a value or, where they go together, are not of one length.
 *
 * @throws {JacobenchError} `ERR_CONFIG`
 */
export function expectFamily(chain: ExperimentConfig["chain"], where: string): void {
  if (!("grid" in chain)) return;
  const { grid, combine } = chain;
  for (const [key, values] of Object.entries(grid)) {
    if (combine === "cartesian") expectDistinct(values, `${where}: $.chain.grid.${key}`);
  }
  if (combine === "zipped") expectZippable(grid, where);
}

/**
 * Refuses two experiments of one name: they would share a folder.
 *
 * @throws {JacobenchError} `ERR_CONFIG` naming both files
 */
export function expectDistinctNames(loaded: readonly LoadedConfig[]): void {
  const files = new Map<string, string>();
  for (const { config, file } of loaded) {
    const other = files.get(config.name);
    if (other !== undefined) {
      throw new JacobenchError(
        "ERR_CONFIG",
        `${file}: $.name: found "${config.name}" again, as in ${other}; expected each name once in a sweep`,
      );
    }
    files.set(config.name, file);
  }
}

function expectDistinct(values: readonly (string | number)[], place: string): void {
  const index = values.findIndex((value, i) => values.indexOf(value) < i);
  if (index === -1) return;
  throw new JacobenchError(
    "ERR_CONFIG",
    `${place}[${index}]: found ${JSON.stringify(values[index])} again; expected each value once`,
  );
}

function expectZippable(grid: Readonly<Record<string, readonly number[]>>, where: string): void {
  const length = Math.max(...Object.values(grid).map((values) => values.length));
  for (const [key, values] of Object.entries(grid)) {
    if (values.length === 1 || values.length === length) continue;
    throw new JacobenchError(
      "ERR_CONFIG",
      `${where}: $.chain.grid.${key}: found ${values.length} values; expected 1 or ${length}, as many as the longest ` +
        'list, since combine is "zipped"',
    );
  }
}
