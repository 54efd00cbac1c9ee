/** @file The table of strategies. A new strategy is one file and one line here. */

import { JacobenchError } from "../errors.ts";
import { byId } from "../names.ts";
import { complexStep } from "./complex-step.ts";
import { finiteDifferencesCentral, finiteDifferencesForward } from "./finite-differences.ts";
import { forward } from "./forward.ts";
import { forwardBlocked } from "./forward-blocked.ts";
import { forwardParameters } from "./forward-parameters.ts";
import { optimal } from "./optimal.ts";
import { productLeftToRight } from "./product-left-to-right.ts";
import { productRightToLeft } from "./product-right-to-left.ts";
import { reverse } from "./reverse.ts";
import { reverseBlocked } from "./reverse-blocked.ts";
import { reverseCheckpointed } from "./reverse-checkpointed.ts";
import { reverseParameters } from "./reverse-parameters.ts";
import { MAX_THREADS, type Strategy, type StrategyOptions } from "./types.ts";

/** All strategies. */
export const STRATEGIES: readonly Strategy[] = [
  forward,
  reverse,
  forwardBlocked,
  reverseBlocked,
  reverseCheckpointed,
  productRightToLeft,
  productLeftToRight,
  optimal,
  finiteDifferencesForward,
  finiteDifferencesCentral,
  complexStep,
  forwardParameters,
  reverseParameters,
];

/** Options of a strategy where none are given. */
const DEFAULT_OPTIONS: Required<StrategyOptions> = {
  blockSize: 16,
  threads: 1,
  linearisation: "shared",
  unitSeeds: "dense",
  snapshots: "all",
  minimize: "fma",
  calibration: null,
};

/**
 * Takes a strategy from the table.
 *
 * @param id - its name
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME`
 */
export function strategyById(id: string): Strategy {
  return byId("strategy", STRATEGIES, id);
}

/**
 * Fills in default options, and refuses those that would have no effect.
 *
 * @param strategy - which takes them
 * @param options - those given; undefined ones count as not given
 * @throws {JacobenchError} `ERR_UNSUPPORTED` for an option that the strategy does not know, or threads with options that
 *   exclude them; `ERR_RANGE` for a block size or number of threads that is no positive integer
 */
export function resolveOptions(strategy: Strategy, options: StrategyOptions): Required<StrategyOptions> {
  if (strategy.convention === "given" && options.unitSeeds === "dense") {
    throw new JacobenchError(
      "ERR_UNSUPPORTED",
      `strategy "${strategy.id}": unitSeeds is "dense", but it uses the matrices that are at hand: it reads columns and ` +
        "rows, and multiplies no unit seeds; leave unitSeeds out",
    );
  }
  for (const name of [
    "blockSize",
    "threads",
    "linearisation",
    "unitSeeds",
    "snapshots",
    "minimize",
  ] as const) {
    const fixed = name === "unitSeeds" && strategy.convention === "given" ? "read" : DEFAULT_OPTIONS[name];
    const given = options[name] !== undefined && options[name] !== fixed;
    if (given && !strategy.accepts.includes(name)) {
      const known =
        strategy.accepts.length === 0 ? "it knows no options" : `it knows ${strategy.accepts.join(", ")}`;
      throw new JacobenchError(
        "ERR_UNSUPPORTED",
        `strategy "${strategy.id}": has no option ${name} (given: ${options[name]}); ${known}`,
      );
    }
  }
  const count = (name: "blockSize" | "snapshots"): number | "all" => {
    const value = options[name] ?? DEFAULT_OPTIONS[name];
    if (value === "all" || (Number.isInteger(value) && value >= 1)) return value;
    throw new JacobenchError(
      "ERR_RANGE",
      `strategy "${strategy.id}": ${name} is ${value}; expected a positive integer or "all"`,
    );
  };
  const threads = options.threads ?? DEFAULT_OPTIONS.threads;
  if (!Number.isInteger(threads) || threads < 1 || threads > MAX_THREADS) {
    throw new JacobenchError(
      "ERR_RANGE",
      `strategy "${strategy.id}": threads is ${threads}; expected an integer from 1 to ${MAX_THREADS}`,
    );
  }
  if (threads > 1 && (options.unitSeeds === "read" || options.linearisation === "recomputed")) {
    throw new JacobenchError(
      "ERR_UNSUPPORTED",
      `strategy "${strategy.id}": threads is ${threads} with ` +
        `${options.unitSeeds === "read" ? "unitSeeds read" : "linearisation recomputed"}; ` +
        "expected dense unit seeds and a shared linearisation, or threads 1",
    );
  }
  const calibration = options.calibration ?? null;
  if (options.minimize === "time" && calibration === null) {
    throw new JacobenchError(
      "ERR_UNSUPPORTED",
      `strategy "${strategy.id}": minimize is "time", but this machine is not calibrated; run jacobench calibrate`,
    );
  }
  return {
    blockSize: count("blockSize"),
    threads,
    snapshots: count("snapshots"),
    linearisation: options.linearisation ?? DEFAULT_OPTIONS.linearisation,
    unitSeeds: strategy.convention === "given" ? "read" : (options.unitSeeds ?? DEFAULT_OPTIONS.unitSeeds),
    minimize: options.minimize ?? DEFAULT_OPTIONS.minimize,
    calibration,
  };
}
