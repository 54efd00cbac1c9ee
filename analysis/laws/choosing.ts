/** @file What choosing the mode by n < m costs over the faster one, and what the machine model says of the crossover. Pure. */

import { geometricMean } from "../../src/statistics/mean.ts";
import { median } from "../../src/statistics/quantile.ts";
import { type AnyResults, productsAlone } from "../config.ts";
import { groupBy } from "../grouping.ts";
import { timeCells } from "./cells.ts";
import { fitMachineModels, type MachineModel } from "./machine-model.ts";
import { caseRatios, pairedRows, type VariantPair, withoutPreparation } from "./pairs.ts";

/** What the rule "forward where n < m, else reverse" costs over always taking the faster mode. */
export type ChoosingCost = {
  /** Median over the cases of time chosen / time of the faster, less 1; 0 where the rule chose the faster. */
  readonly medianExcess: number;
  readonly worstExcess: number;
  /** The case of the worst. */
  readonly worstCase: string;
  /** Cases in which the rule chose the slower mode. */
  readonly wrong: number;
  readonly cases: number;
};

/**
 * Measures the rule that chooses by n < m, from ratios paired within a round.
 *
 * @param results - of one experiment
 * @param pair - see {@link variantPairs}
 * @returns null where nothing was paired
 */
export function choosingCost(results: AnyResults, pair: VariantPair): ChoosingCost | null {
  const rows = pairedRows(results, pair.forward.label, pair.reverse.label);
  const places = new Map(rows.map((row) => [row.case, row.forward.inputs < row.forward.m]));
  const excesses = [...caseRatios(rows, withoutPreparation)].map(([id, ratio]) => {
    const chosenOverOther = places.get(id)! ? ratio : 1 / ratio;
    return { id, excess: Math.max(1, chosenOverOther) - 1 };
  });
  if (excesses.length === 0) return null;
  const worst = excesses.reduce((most, one) => (one.excess > most.excess ? one : most));
  return {
    medianExcess: median(excesses.map(({ excess }) => excess)),
    worstExcess: worst.excess,
    worstCase: worst.id,
    wrong: excesses.filter(({ excess }) => excess > 0).length,
    cases: excesses.length,
  };
}

/** Where the machine models of both modes put the crossover. */
export type CrossoverExplanation = {
  /** A reverse product over a forward product, geometric mean over the cases: where n/m balances it. */
  readonly ratio: number;
  /** The same in the case where it is smallest and largest. */
  readonly range: readonly [number, number];
  readonly forward: MachineModel;
  readonly reverse: MachineModel;
};

/**
 * Explains a crossover of the products by the two machine models: n·f = m·r puts it at n/m = r/f, the time of a reverse product over
 * that of a forward product.
 *
 * @param results - of one experiment
 * @param pair - see {@link variantPairs}
 * @returns null where one of the two has no model
 */
export function explainCrossover(results: AnyResults, pair: VariantPair): CrossoverExplanation | null {
  const alone = productsAlone(results);
  const models = fitMachineModels(alone);
  const forward = models.find(({ variant }) => variant === pair.forward);
  const reverse = models.find(({ variant }) => variant === pair.reverse);
  if (forward === undefined || reverse === undefined) return null;
  const cellOf = (label: string): Map<string, ReturnType<typeof timeCells>["cells"][number]> =>
    new Map(
      [...groupBy(timeCells(alone, label).cells, (cell) => cell.case)].map(([id, group]) => [id, group[0]!]),
    );
  const others = cellOf(pair.reverse.label);
  const ratios = [...cellOf(pair.forward.label)].flatMap(([id, cell]) => {
    const other = others.get(id);
    const product = forward.predict(cell) / cell.products!;
    return other === undefined || !(product > 0) ? [] : [reverse.predict(other) / other.products! / product];
  });
  if (ratios.length === 0 || ratios.some((ratio) => !(ratio > 0))) return null;
  return {
    ratio: geometricMean(ratios),
    range: [Math.min(...ratios), Math.max(...ratios)],
    forward,
    reverse,
  };
}
