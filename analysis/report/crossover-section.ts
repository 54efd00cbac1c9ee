/** @file The crossover section: measured with and without preparation, predicted, explained, and what choosing by n < m costs. Pure. */

import type { AnyResults } from "../config.ts";
import { choosingCost, explainCrossover } from "../laws/choosing.ts";
import { type Crossover, crossover, crossoverSentence } from "../laws/crossover.ts";
import type { MachineModel } from "../laws/machine-model.ts";
import { type VariantPair, variantPairs } from "../laws/pairs.ts";
import { count, fixed, listing, type Sentence, says, seconds, term } from "../laws/sentence.ts";
import { estimateTexts, formatPercent, plainText } from "../text.ts";
import { cell, paragraph, type Section, type TableCell, table } from "./blocks.ts";
import { estimateCell } from "./sections.ts";

/** Crossovers of every pair, one a kernel and option; null where there is no pair. */
export function crossoverSection(results: AnyResults): Section | null {
  const pairs = variantPairs(results);
  if (pairs.length === 0) return null;
  const explained = pairs.flatMap((pair) => explanation(results, pair));
  return {
    id: "crossover",
    title: "Crossover",
    blocks: [
      paragraph(
        says`The n/m at which forward takes as long as reverse, from ratios paired within a round; above it reverse is faster where the slope is positive. Equal cost per product predicts n/m = ${count(1)} and slope ${count(1)}; the machine models predict the time of a reverse product over that of a forward product. Never extrapolated beyond what was measured.`,
      ),
      ...(pairs.some((pair) => crossover(results, pair).products.axis !== "n/m")
        ? [
            paragraph(
              says`Where unit seeds are read, a product does not cost the same in both modes: in place of n/m stands the ratio of the claimed costs, forward / reverse, of which ${count(1)} is predicted as well.`,
            ),
          ]
        : []),
      table(
        "crossover",
        "Crossover of each pair of variants",
        [
          "pair",
          ">products alone",
          ">with preparation",
          ">predicted",
          ">by the machine models",
          ">slope of log ratio",
          ">choosing by n < m: median",
          ">worst",
        ],
        pairs.map((pair) => row(results, pair)),
      ),
      ...(explained.length === 0 ? [] : [{ kind: "list" as const, items: explained }]),
    ],
  };
}

function row(results: AnyResults, pair: VariantPair): TableCell[] {
  const { products, withPreparation } = crossover(results, pair);
  const explained = explainCrossover(results, pair);
  const choosing = choosingCost(results, pair);
  return [
    cell(plainText(pair.name)),
    crossoverCell(products),
    crossoverCell(withPreparation),
    cell(says`${term(products.axis)} = ${count(1)}`, 1),
    explained === null || products.axis !== "n/m"
      ? cell("—", null)
      : cell(predictedText(explained.ratio, explained.range), explained.ratio),
    estimateCell(products.kind === "found" ? products.slope : null),
    choosing === null
      ? cell("—", null)
      : cell(`+${formatPercent(choosing.medianExcess)}`, choosing.medianExcess),
    choosing === null
      ? cell("—", null)
      : cell(
          `+${formatPercent(choosing.worstExcess)} (${plainText(choosing.worstCase)})`,
          choosing.worstExcess,
        ),
  ];
}

/** `n/m = 1.04 (1.02 to 1.07)`, with as many digits as the range needs. */
function predictedText(ratio: number, range: readonly [number, number]): string {
  const { estimate, low, high } = estimateTexts({ estimate: ratio, interval95: range });
  return `n/m = ${estimate} (${low} to ${high})`;
}

function crossoverCell(found: Crossover): TableCell {
  return cell(crossoverSentence(found), found.kind === "found" ? found.ratio.estimate : null);
}

/** Which coefficients of the two modes differ, as a sentence. */
function explanation(results: AnyResults, pair: VariantPair): { term: string; text: Sentence }[] {
  const explained = explainCrossover(results, pair);
  if (explained === null) return [];
  const { forward, reverse, ratio } = explained;
  const { products, withPreparation } = crossover(results, pair);
  // Products of different cost: how long one takes against the other is no place on the axis of the claimed costs.
  if (products.axis !== "n/m") return [];
  const parts = forward.coefficients.flatMap(({ term: { symbol }, seconds: own }) => {
    const other = coefficient(reverse, symbol);
    return own === null || other === null || (own.estimate === 0 && other === 0)
      ? []
      : [says`${term(symbol)} is ${seconds(own.estimate)} forward and ${seconds(other)} reverse`];
  });
  const values = parts.length === 0 ? says`` : says` (${listing(parts)})`;
  const lead = says`By the machine models a reverse product takes ${fixed(ratio)} times as long as a forward product, in the geometric mean over the cases`;
  const prepared =
    products.kind === "found" && withPreparation.kind === "found"
      ? says` Products alone cross at ${crossoverSentence(products)}, with the preparation at ${crossoverSentence(withPreparation)}.`
      : says``;
  return [{ term: plainText(pair.name), text: says`${lead}${values}.${prepared}` }];
}

/** Null also where the cases do not tell it from another. */
function coefficient({ coefficients }: MachineModel, symbol: string): number | null {
  return coefficients.find(({ term }) => term.symbol === symbol)?.seconds?.estimate ?? null;
}
