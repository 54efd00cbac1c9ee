/** @file The crossover section: measured with and without preparation, predicted, explained, and what choosing by n < m costs. Pure. */

import type { AnyResults } from "../config.ts";
import { choosingCost, explainCrossover } from "../laws/choosing.ts";
import { type Crossover, crossover, crossoverText } from "../laws/crossover.ts";
import type { MachineModel } from "../laws/machine-model.ts";
import { type VariantPair, variantPairs } from "../laws/pairs.ts";
import { estimateTexts, formatFixed, formatPercent, formatSeconds, listed, plainText } from "../text.ts";
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
        "The n/m at which forward takes as long as reverse, from ratios paired within a round; above it reverse is " +
          "faster where the slope is positive. Equal cost a product predicts n/m = 1 and slope 1; the machine models predict " +
          "the time of a reverse product over that of a forward product. Never extrapolated beyond the measured n/m.",
      ),
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
    cell("n/m = 1", 1),
    explained === null
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
  return cell(crossoverText(found), found.kind === "found" ? found.ratio.estimate : null);
}

/** Which coefficients of the two modes differ, as a sentence. */
function explanation(results: AnyResults, pair: VariantPair): { term: string; text: string }[] {
  const explained = explainCrossover(results, pair);
  if (explained === null) return [];
  const { forward, reverse, ratio } = explained;
  const parts = forward.coefficients.flatMap(({ term, fitted }) => {
    const other = coefficient(reverse, term.symbol);
    return other === null || (fitted === 0 && other === 0)
      ? []
      : [`${term.symbol} is ${formatSeconds(fitted)} forward and ${formatSeconds(other)} reverse`];
  });
  const share = Math.abs(ratio - 1);
  const lead =
    share < 0.005
      ? "By the machine models a reverse product takes as long as a forward product"
      : `By the machine models a reverse product takes ${formatPercent(share)} ${ratio > 1 ? "longer" : "less"} than a forward product`;
  const own = crossover(results, pair);
  const prepared =
    own.products.kind === "found" && own.withPreparation.kind === "found"
      ? ` Preparation moves the crossover from ${formatFixed(own.products.ratio.estimate)} to ${formatFixed(own.withPreparation.ratio.estimate)}.`
      : "";
  return [{ term: plainText(pair.name), text: `${lead} (${listed(parts)}).${prepared}` }];
}

function coefficient({ coefficients }: MachineModel, symbol: string): number | null {
  return coefficients.find(({ term }) => term.symbol === symbol)?.fitted ?? null;
}
