/** @file The rows of `cost`: every strategy and the plan for frameworks, each compared within its own convention. */

import { predictFrameworkPlan } from "../ad/framework-cost.ts";
import { predictCost } from "../ad/jacobian.ts";
import type { ChainShape } from "../chain/shape.ts";
import type { Prediction } from "../cost/prediction.ts";
import { JacobenchError } from "../errors.ts";
import { frameworkPlans } from "../planner/framework-plan.ts";
import { conventionOf } from "../strategies/convention.ts";
import { resolveOptions, STRATEGIES } from "../strategies/index.ts";
import type { StrategyOptions } from "../strategies/types.ts";
import { type CostRow, FRAMEWORK_ROW } from "./cost.ts";
import { pickOptions } from "./options.ts";

/** What a row is about, and what it costs; `predict` throws where there is no cost. */
export type Candidate = Pick<CostRow, "strategy" | "withRespectTo" | "convention"> & {
  readonly options: StrategyOptions;
  readonly predict: () => Pick<
    Prediction,
    "fma" | "primalEvaluations" | "primalFma" | "timedPrimalFma" | "bytes"
  >;
};

/**
 * Predicts every strategy, and the plan that `jacobench plan` prints.
 *
 * @param shape - of the chain
 * @param wanted - options; each strategy gets those that it accepts
 */
export function costRows(shape: ChainShape, wanted: StrategyOptions): CostRow[] {
  const strategies = STRATEGIES.map((strategy): Candidate => {
    const options = pickOptions(strategy, wanted);
    const { unitSeeds } = resolveOptions(strategy, options);
    return {
      strategy: strategy.id,
      withRespectTo: strategy.withRespectTo,
      convention: conventionOf({ strategy: strategy.id, unitSeeds }),
      options,
      predict: () => predictCost(shape, { strategy: strategy.id, ...options }),
    };
  });
  const plan: Candidate = {
    strategy: FRAMEWORK_ROW,
    withRespectTo: "input",
    convention: "matrix-free",
    options: {},
    predict: () => predictFrameworkPlan(frameworkPlans(shape).advised, shape),
  };
  return compareRows([...strategies, plan]);
}

/**
 * Prices candidates and compares those of one kind of Jacobian and one convention; one that cannot do the chain gives
 * its reason instead.
 *
 * @param candidates - in the order of the rows
 * @throws what a prediction throws, unless it is `ERR_UNSUPPORTED` or `ERR_RANGE`
 */
export function compareRows(candidates: readonly Candidate[]): CostRow[] {
  const priced = candidates.map(({ predict, options, ...about }) => {
    try {
      const { fma, primalEvaluations, primalFma, timedPrimalFma, bytes } = predict();
      const cost = {
        fma,
        primalEvaluations,
        primalFma,
        totalFma: fma + primalFma,
        runFma: fma + timedPrimalFma,
      };
      return { ...about, options, ...cost, bytes };
    } catch (error) {
      // A cost that is no exact integer any more (ERR_RANGE) is refused by the planner; the others mark it.
      const refused =
        error instanceof JacobenchError && ["ERR_UNSUPPORTED", "ERR_RANGE"].includes(error.code);
      if (!refused) throw error;
      return { ...about, unsupported: error.message };
    }
  });
  return priced.map((row) => {
    if ("unsupported" in row) return row;
    const rivals = priced.flatMap((other) =>
      "runFma" in other && other.withRespectTo === row.withRespectTo && other.convention === row.convention
        ? [other.runFma]
        : [],
    );
    const cheapest = Math.min(...rivals);
    const { bytes, ...rest } = row;
    const ratio = cheapest === 0 ? null : row.runFma / cheapest;
    return { ...rest, ratioToCheapest: row.runFma === cheapest ? 1 : ratio, bytes };
  });
}
