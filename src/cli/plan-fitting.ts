/** @file The strategies that fit into the memory that there is, the best first: by FMA, or by predicted seconds. */

import { predictFrameworkPlan } from "../ad/framework-cost.ts";
import { predictCost } from "../ad/jacobian.ts";
import type { ChainShape } from "../chain/shape.ts";
import { JacobenchError } from "../errors.ts";
import { type KernelCalibration, pullSeconds, pushSeconds } from "../planner/calibration.ts";
import { planChain } from "../planner/chain-product.ts";
import { type Convention, elementalsOf } from "../planner/elemental.ts";
import { frameworkPlans } from "../planner/framework-plan.ts";
import { predictSeconds } from "../planner/plan-seconds.ts";
import { planTime } from "../planner/time-plan.ts";
import type { StrategyOptions } from "../strategies/types.ts";
import { FRAMEWORK_ROW } from "./cost.ts";

/** A strategy that fits into the memory that there is. */
export type Fitting = {
  readonly strategy: string;
  readonly options: Omit<StrategyOptions, "calibration">;
  /** With the primal's. */
  readonly fma: number;
  readonly bytes: number;
  /** By the calibration; null without one, and where it says nothing of a part of the work. */
  readonly seconds: number | null;
};

/** Seeds at once in a blocked strategy. */
const BLOCK = 16;

/** Numbers of states that are tried for the checkpointed sweep. */
const SNAPSHOTS = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64] as const;

/**
 * Strategies whose predicted peak fits.
 *
 * @param shape - of the chain
 * @param convention - what is at hand; all that are listed stand in it
 * @param maxBytes - the bound
 * @param calibration - to sort by seconds; null to sort by FMA
 * @returns at least one, the best first
 * @throws {JacobenchError} `ERR_MEMORY` if none fits, with the least that is needed
 */
export function fittingStrategies(
  shape: ChainShape,
  convention: Convention,
  maxBytes: number,
  calibration: KernelCalibration | null,
): Fitting[] {
  const unitSeeds = convention === "given" ? "read" : "dense";
  const candidates: { strategy: string; options: Omit<StrategyOptions, "calibration"> }[] = [
    ...(convention === "given" ? [{ strategy: "optimal", options: {} }] : []),
    ...(calibration === null ? [] : [{ strategy: "optimal", options: { minimize: "time" as const } }]),
    { strategy: "reverse", options: { unitSeeds } },
    { strategy: "reverse-blocked", options: { unitSeeds, blockSize: BLOCK } },
    { strategy: "forward", options: { unitSeeds } },
    { strategy: "forward", options: { unitSeeds, linearisation: "recomputed" } },
    { strategy: "forward-blocked", options: { unitSeeds, blockSize: BLOCK } },
    { strategy: "forward-blocked", options: { unitSeeds, linearisation: "recomputed", blockSize: BLOCK } },
  ];
  const strategies = candidates.map(({ strategy, options }): Fitting => {
    const { fma, primalFma, bytes } = predictCost(shape, { strategy, ...options, calibration });
    const seconds = calibration === null ? null : secondsOf(shape, strategy, options, calibration);
    return { strategy, options, fma: fma + primalFma, bytes, seconds };
  });
  const priced = [
    ...(convention === "given" ? [] : [frameworkFitting(shape)]),
    ...strategies,
    ...checkpointed(shape, unitSeeds, maxBytes),
  ];
  const key = ({ fma, seconds }: Fitting): number => (calibration === null ? fma : (seconds ?? Infinity));
  const fitting = priced
    .filter(({ bytes }) => bytes <= maxBytes)
    .sort((a, b) => key(a) - key(b) || a.fma - b.fma || 0);
  if (fitting.length > 0) return fitting;
  const least = priced.reduce((best, one) => (one.bytes < best.bytes ? one : best));
  throw new JacobenchError(
    "ERR_MEMORY",
    `plan: none of ${listed(priced)} needs at most ${maxBytes} bytes; the least is ${fittingName(least)} with ${least.bytes}`,
  );
}

/** The plan that is printed, as the memory model of its calls has it. */
function frameworkFitting(shape: ChainShape): Fitting {
  const { fma, primalFma, bytes } = predictFrameworkPlan(frameworkPlans(shape).advised, shape);
  return { strategy: FRAMEWORK_ROW, options: {}, fma: fma + primalFma, bytes, seconds: null };
}

/** The checkpointed sweep with the most states that fit; with the fewest where none do. */
function checkpointed(shape: ChainShape, unitSeeds: "dense" | "read", maxBytes: number): Fitting[] {
  const priced = SNAPSHOTS.filter((count) => count <= shape.layers.length).map((snapshots): Fitting => {
    const options = { unitSeeds, snapshots };
    const { fma, primalFma, bytes } = predictCost(shape, { strategy: "reverse-checkpointed", ...options });
    return { strategy: "reverse-checkpointed", options, fma: fma + primalFma, bytes, seconds: null };
  });
  const [best] = priced.filter(({ bytes }) => bytes <= maxBytes).sort((a, b) => a.fma - b.fma);
  return priced.length === 0 ? [] : [best ?? priced[0]!];
}

function listed(priced: readonly Fitting[]): string {
  return priced.map(fittingName).join(", ");
}

/** A strategy's name with what sets it apart. */
export function fittingName({ strategy, options }: Fitting): string {
  const { blockSize, snapshots, linearisation, minimize } = options;
  const size = blockSize ?? snapshots;
  const block = size === undefined ? "" : `[${size}]`;
  if (minimize === "time") return `${strategy} (time)`;
  return `${strategy}${block}${linearisation === "recomputed" ? " (recomputed)" : ""}`;
}

function secondsOf(
  shape: ChainShape,
  strategy: string,
  options: Omit<StrategyOptions, "calibration">,
  calibration: KernelCalibration,
): number | null {
  if (options.linearisation === "recomputed") return null;
  const { layers, n, m } = shape;
  const read = options.unitSeeds === "read";
  if (options.minimize === "time") return planTime(layers, calibration).seconds;
  if (strategy === "optimal") {
    return predictSeconds(planChain(elementalsOf(shape, "given")).tree, layers, calibration).seconds;
  }
  const forward = strategy.startsWith("forward");
  const swept = !read ? layers : forward ? layers.slice(1) : layers.slice(0, -1);
  const through = forward ? pushSeconds : pullSeconds;
  const sweep = (count: number | null): number =>
    swept.reduce((sum, { structure }) => sum + through(calibration, structure, count), 0);
  const seeds = forward ? n : m;
  if (!strategy.endsWith("blocked")) return seeds * sweep(null);
  const rest = seeds % BLOCK;
  return Math.floor(seeds / BLOCK) * sweep(BLOCK) + (rest === 0 ? 0 : sweep(rest));
}
