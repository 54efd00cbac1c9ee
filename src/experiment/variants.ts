/** @file From a config's strategies and kernels to variants with unique labels. */

import { JacobenchError } from "../errors.ts";
import { expectThreads, kernelById } from "../kernels/index.ts";
import { type Calibration, calibrationOf } from "../planner/calibration.ts";
import type { VariantRecord } from "../results/types.ts";
import { resolveOptions, strategyById } from "../strategies/index.ts";
import type { StrategyOptions } from "../strategies/types.ts";
import type { ExperimentConfig, StrategyEntry } from "./config.ts";
import type { ExpandedVariant } from "./expand.ts";

/** The fields of a config that decide its variants. */
export type VariantChoice = Pick<ExperimentConfig, "strategies" | "kernels" | "unitSeeds" | "linearisation">;

/**
 * Lays out strategies × kernels.
 *
 * @param choice - strategies, kernels and the defaults of options
 * @param where - the config's name, for messages
 * @param calibration - of this machine, for variants that minimize time; null if there is none
 * @throws {JacobenchError} `ERR_CONFIG` for two of one label, `ERR_UNSUPPORTED` for an option that a strategy does not
 *   know, or a plan by time without a calibration
 */
export function expandVariants(
  choice: VariantChoice,
  where: string,
  calibration: Calibration | null = null,
): ExpandedVariant[] {
  const several = choice.kernels.length > 1;
  const variants: ExpandedVariant[] = [];
  for (const [i, entry] of choice.strategies.entries()) {
    for (const kernel of choice.kernels) {
      const { strategy, resolved, options, label } = named(`${where}: $.strategies[${i}]`, () =>
        resolve(entry, choice, kernel, calibration),
      );
      const record: VariantRecord = {
        label: several ? `${label} · ${kernel}` : label,
        strategy: strategy.id,
        mode: strategy.mode,
        kernel,
        blockSize: strategy.accepts.includes("blockSize") ? resolved.blockSize : null,
        ...(resolved.threads > 1 && { threads: resolved.threads }),
        ...(strategy.accepts.includes("snapshots") && { snapshots: resolved.snapshots }),
        linearisation: resolved.linearisation,
        unitSeeds: resolved.unitSeeds,
        ...(resolved.minimize === "time" && { minimize: resolved.minimize }),
        withRespectTo: strategy.withRespectTo,
      };
      if (variants.some((other) => other.record.label === record.label)) {
        throw new JacobenchError(
          "ERR_CONFIG",
          `${where}: $.strategies[${i}]: found the label "${record.label}" again; expected each once: give one of them ` +
            'another "label"',
        );
      }
      variants.push({ record, options });
    }
  }
  return variants;
}

/**
 * The kernels of which a calibration is needed: all, if any strategy minimizes time.
 *
 * @param choice - strategies and kernels
 */
export function calibratedKernels(choice: Pick<VariantChoice, "strategies" | "kernels">): readonly string[] {
  const timed = choice.strategies.some((entry) => typeof entry !== "string" && entry.minimize === "time");
  return timed ? choice.kernels : [];
}

function resolve(
  entry: StrategyEntry,
  choice: VariantChoice,
  kernel: string,
  calibration: Calibration | null,
) {
  const {
    strategy: id,
    label,
    ...given
  } = typeof entry === "string" ? { strategy: entry, label: undefined } : entry;
  const strategy = strategyById(id);
  const defaults = { unitSeeds: choice.unitSeeds, linearisation: choice.linearisation };
  const own = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as StrategyOptions;
  const machine =
    own.minimize === "time" && calibration !== null
      ? { calibration: calibrationOf(calibration, kernel) }
      : {};
  if (own.threads !== undefined) expectThreads(kernelById(kernel), own.threads);
  const resolved = resolveOptions(strategy, { ...accepted(strategy.accepts, defaults), ...own, ...machine });
  const options = accepted(strategy.accepts, resolved);
  return { strategy, resolved, options, label: label ?? defaultLabel(id, options) };
}

function accepted(names: readonly (keyof StrategyOptions)[], options: StrategyOptions): StrategyOptions {
  return Object.fromEntries(names.map((name) => [name, options[name]]));
}

function defaultLabel(id: string, options: StrategyOptions): string {
  const size = options.blockSize ?? options.snapshots;
  const block = size === undefined ? "" : `[${size}]`;
  const notes = [
    ...(options.minimize === "time" ? ["time"] : []),
    ...((options.threads ?? 1) > 1 ? [`${options.threads} threads`] : []),
    ...(options.unitSeeds === "read" && options.minimize !== "time" ? ["read"] : []),
    ...(options.linearisation === "recomputed" ? ["recomputed"] : []),
  ];
  return `${id}${block}${notes.length === 0 ? "" : ` (${notes.join(", ")})`}`;
}

function named<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof JacobenchError)
      throw new JacobenchError(error.code, `${place}: ${error.message}`, { cause: error });
    throw error;
  }
}
