/** @file The hash by which two runs are known to be of one config. Pure. */

import { canonicalJson } from "../json.ts";
import { sha256 } from "../sha256.ts";
import type { ExperimentConfig } from "./config.ts";

/**
 * The hash by which two runs are known to be of one config. Notes, titles and charts count as well; `$schema` does not.
 *
 * @returns SHA-256 of the canonical form, with the model file that it names, in hex
 */
export function configHash(config: ExperimentConfig, model: unknown = null): string {
  const { $schema: _, ...rest } = config;
  return sha256(canonicalJson({ config: rest, model }));
}
