/** @file One exponent where several cannot be told apart: t against its claimed cost, and against FMA. Pure. */

import type { CostRecord, VariantRecord } from "../../src/results/types.ts";
import type { Estimate } from "../../src/statistics/interval.ts";
import { robustCrossedRegression } from "../../src/statistics/robust-crossed-regression.ts";
import { type AnyResults, timedPartOf } from "../config.ts";
import { selectVariant, type TimeCell, timeCells, type VariantSelector } from "./cells.ts";
import { claimedLaw } from "./claimed-law.ts";
import { LEAST_FACTOR } from "./power-law.ts";
import { fixed, type Sentence, says, sentenceText, term } from "./sentence.ts";

/** t ≈ c · (claimed cost)^e for a variant whose exponents of n, m and Σ cannot be told apart. */
export type SingleLaw = {
  readonly variant: VariantRecord;
  /** What stands in the bracket: the claim, e.g. `n·Σ`; n is the number of parameters where J is taken with respect to them. */
  readonly symbol: string;
  /** 1 is predicted. */
  readonly exponent: Estimate;
  /** The same on the FMA inside of the clock, which know what the claim leaves out; 1 is predicted. */
  readonly fmaExponent: Estimate;
  /** Why there is one exponent instead of three: the power law's refusal. */
  readonly reason: string;
  readonly cases: number;
  readonly noInterval: string | null;
  /** Root mean square of log t − fit over cases, of the fit on the claim. */
  readonly residualRms: number;
};

/**
 * Fits one exponent to a forward or reverse variant whose power law is refused as collinear. That is so by necessity
 * for derivatives with respect to parameters: their number is Σ and the biases, so n moves with Σ in every design.
 *
 * @param results - of one experiment
 * @param selector - `{ variant: label }` or `{ strategy, kernel }`
 * @returns null where the power law is fitted, for strategies of neither mode, and where there are fewer than four
 *   cases or the claimed cost varies by less than a factor of 1.5
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME` if the selector fits none or several variants
 */
export function fitSingleLaw(results: AnyResults, selector: VariantSelector): SingleLaw | null {
  const variant = selectVariant(results, selector);
  const { claim, law } = claimedLaw(results, variant);
  const { refusal } = law;
  if (claim === null || refusal === null) return null;
  const { cells, noInterval } = timeCells(results, variant.label);
  const costs = new Map(
    results.costs.filter((cost) => cost.variant === variant.label).map((cost) => [cost.case, cost]),
  );
  const withPreparation = timedPartOf(results) === "with-preparation";
  const fmaOf = ({ case: id }: TimeCell): number => timedFmaOf(costs.get(id)!, withPreparation);
  const cases = new Set(cells.map((cell) => cell.case)).size;
  const values = cells.map(claim.cost);
  if (cases < 4 || !(Math.max(...values) >= LEAST_FACTOR * Math.min(...values))) return null;
  const regress = (x: (cell: TimeCell) => number) =>
    robustCrossedRegression(
      cells.map((cell) => ({
        case: cell.case,
        process: cell.process,
        x: [1, Math.log(x(cell))],
        y: Math.log(cell.seconds),
      })),
    );
  const [ofClaim, ofFma] = [regress(claim.cost), regress(fmaOf)];
  const slope = ({ coefficients, coefficient }: ReturnType<typeof regress>): Estimate =>
    noInterval === null ? coefficient(1) : { estimate: coefficients[1]!, interval95: null };
  return {
    variant,
    symbol: claim.symbol,
    exponent: slope(ofClaim),
    fmaExponent: slope(ofFma),
    reason: refusal,
    cases,
    noInterval,
    residualRms: ofClaim.residualRms,
  };
}

/**
 * The law as a sentence without a full stop.
 *
 * @returns e.g. `t ∝ (n·Σ)^1.01 [0.99, 1.03], one exponent for both; on counted FMA 0.99 [0.98, 1.01]`
 */
export function singleLawSentence({ symbol, exponent, fmaExponent }: SingleLaw): Sentence {
  return says`t ∝ (${term(symbol)})^${fixed(exponent)}, one exponent for both; on counted FMA ${fixed(fmaExponent)}`;
}

/** {@link singleLawSentence} in print. */
export function singleLawText(law: SingleLaw): string {
  return sentenceText(singleLawSentence(law));
}

function timedFmaOf(cost: CostRecord, withPreparation: boolean): number {
  const primal = withPreparation ? (cost.primalFmaCounted ?? cost.primalFmaPredicted) : cost.timedPrimalFma;
  return (cost.fmaCounted ?? cost.fmaPredicted) + primal;
}
