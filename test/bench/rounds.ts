/** @file Several pieces of work timed in turns, round after round, so that a slow minute of the machine meets all of them. */

import { nowSeconds } from "../../src/measure/clock.ts";
import { consume } from "../../src/measure/sink.ts";
import { median } from "../../src/statistics/quantile.ts";

/** Gives seconds of one run of a piece of work, measured now. */
export type Contender = () => number | Promise<number>;

/** What a ratio must reach: `least` for rates, `most` for overheads. */
export type Target = { readonly kind: "least" | "most"; readonly value: number };

/** A ratio of two contenders over the rounds; or why it could not be measured. */
export type TargetRow = {
  readonly label: string;
  readonly target: Target;
  /** What the label has no room for. */
  readonly note?: string;
} & (
  | { readonly ratio: number; readonly low: number; readonly high: number; readonly missing?: undefined }
  | { readonly missing: string }
);

/** Seconds of one run in each round. */
export type Rounds = readonly number[];

const ROUNDS = 9;

/** Each contender measures for so long in a round. */
export const BATCH_SECONDS = 0.012;

/**
 * Times contenders in turns. The first round warms up and is dropped; the order turns round each time.
 *
 * @param contenders - by name
 * @returns seconds by name
 */
export async function inRounds<Name extends string>(
  contenders: Readonly<Partial<Record<Name, Contender>>>,
): Promise<Partial<Record<Name, Rounds>>> {
  const seconds: Partial<Record<Name, number[]>> = {};
  const names = Object.keys(contenders) as Name[];
  for (const name of names) seconds[name] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const own = await contenders[name]!();
      if (round > 0) seconds[name]!.push(own);
    }
  }
  return seconds;
}

/**
 * Times a piece of work of this process as `python_peer.py` times its own: the fastest of three batches.
 *
 * @param run - the work
 * @returns seconds of one run
 */
export function work(run: () => unknown): Contender {
  let count = 1;
  const batch = (): number => {
    const start = nowSeconds();
    for (let i = 0; i < count; i++) consume(run());
    return nowSeconds() - start;
  };
  return () => {
    count = 1;
    let elapsed = batch();
    while (elapsed < BATCH_SECONDS / 6 && count < 2 ** 20) {
      count *= 2;
      elapsed = batch();
    }
    count = Math.max(1, Math.round((count * BATCH_SECONDS) / 3 / elapsed));
    return Math.min(batch(), batch(), batch()) / count;
  };
}

/**
 * A row of the table of targets: what `numerator` took over what `denominator` took, round by round.
 *
 * @param numerator - seconds of each round; for a ratio of rates those of the other side
 * @param denominator - seconds of each round
 */
export function ratioRow(label: string, target: Target, numerator: Rounds, denominator: Rounds): TargetRow {
  const ratios = numerator.map((seconds, i) => seconds / denominator[i]!);
  return {
    label,
    target,
    ratio: median(ratios),
    low: Math.min(...ratios),
    high: Math.max(...ratios),
  };
}

/**
 * Whether a row has reached its target; null where it could not be measured.
 */
export function isMet(row: TargetRow): boolean | null {
  if (row.missing !== undefined) return null;
  const { kind, value } = row.target;
  return kind === "least" ? row.ratio >= value : row.ratio <= value;
}
