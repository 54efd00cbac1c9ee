/** @file The sections of a comparison that speak of the law: departures and why, fixed costs, crossovers, times. Pure. */

import type { VariantRecord } from "../../src/results/types.ts";
import type { AnyResults } from "../config.ts";
import { type CaseSummary, caseSummaries } from "../laws/case-interval.ts";
import { choosingCost } from "../laws/choosing.ts";
import { crossover, crossoverSentence } from "../laws/crossover.ts";
import { count, joined, says } from "../laws/sentence.ts";
import { cell, paragraph, type Section, type TableCell, table } from "../report/blocks.ts";
import { estimateCell } from "../report/sections.ts";
import { formatEstimate, formatPercent, formatSeconds, plainText } from "../text.ts";
import { departureSentences, gigaFma } from "./departure.ts";
import { peerGroups } from "./groups.ts";
import { fitOverhead } from "./overhead.ts";

/** Chains of the table of times. */
const SHOWN_CASES = 5;

/** By how much each way departs from the law, and why. */
export function departureSection(results: AnyResults): Section | null {
  const items = modeVariants(results).map((variant) => ({
    term: plainText(variant.label),
    text: joined(departureSentences(results, variant), " "),
  }));
  if (items.length === 0) return null;
  return {
    id: "departures",
    title: "Where frameworks depart from the law, by how much and why",
    blocks: [
      paragraph(
        says`Claimed are t ∝ n·Σ forward and t ∝ m·Σ reverse. Three things bend that: a fixed cost a call, seeds that share one vectorised call, and threads. Each is named below where the numbers show it.`,
      ),
      { kind: "list", items },
    ],
  };
}

/** α and β of every way. */
export function overheadSection(results: AnyResults): Section | null {
  const rows = modeVariants(results).flatMap((variant) => {
    const found = fitOverhead(results, variant);
    if (found === null) return [];
    const { secondsPerCall, secondsPerFma, shareOfLeast, shareOfMost, relativeRms } = found;
    return [
      [
        cell(plainText(variant.label)),
        cell(variant.blockSize === "all" ? "all seeds" : "one seed"),
        estimateCell(secondsPerCall, formatSeconds),
        estimateCell(secondsPerFma, formatSeconds),
        secondsPerFma.estimate > 0
          ? cell(gigaFma(1 / secondsPerFma.estimate), 1 / secondsPerFma.estimate)
          : cell("—", null),
        cell(formatPercent(shareOfLeast), shareOfLeast),
        cell(formatPercent(shareOfMost), shareOfMost),
        cell(`±${formatPercent(relativeRms)}`, relativeRms),
      ],
    ];
  });
  if (rows.length === 0) return null;
  return {
    id: "overhead",
    title: "Fixed cost a call",
    blocks: [
      paragraph(
        "t = α·calls + β·products·Σ with relative errors, no coefficient below zero; a call is one seed, or all of them " +
          "where they are vectorised. The shares are α's in the chains of least and of most work. A large residual says that " +
          "time is no sum of the two.",
      ),
      table(
        "overhead",
        "Fixed cost a call and cost an FMA of every way",
        ["way", "a call is", ">α", ">β", ">1/β", ">α's share, least work", ">most work", ">residual"],
        rows,
      ),
    ],
  };
}

/** The crossover of every framework that has both modes. */
export function crossoverSection(results: AnyResults): Section | null {
  const rows = peerGroups(results).flatMap(({ name, forward, reverse }) => {
    if (forward === null || reverse === null) return [];
    const pair = { forward, reverse, name };
    const { products } = crossover(results, pair);
    const choosing = choosingCost(results, pair);
    return [
      [
        cell(name),
        cell(crossoverSentence(products), products.kind === "found" ? products.ratio.estimate : null),
        estimateCell(products.kind === "found" ? products.slope : null),
        excessCell(choosing?.medianExcess ?? null),
        excessCell(choosing?.worstExcess ?? null, choosing?.worstCase),
      ],
    ];
  });
  if (rows.length === 0) return null;
  return {
    id: "crossover",
    title: "Crossover",
    blocks: [
      paragraph(
        says`The n/m at which forward takes as long as reverse, from ratios paired within a round; equal cost a product predicts n/m = ${count(1)} and slope ${count(1)}. The last columns say what choosing the mode by n < m costs over the faster one.`,
      ),
      table(
        "crossover",
        "Crossover of forward and reverse mode of each framework",
        ["framework", ">crossover", ">slope of log ratio", ">choosing by n < m: median", ">worst"],
        rows,
      ),
    ],
  };
}

/** Times of the full Jacobian on some chains from the least to the most work. */
export function timeSection(results: AnyResults): Section | null {
  const summaries = caseSummaries(results);
  if (summaries.length === 0) return null;
  const sorted = [...results.cases].sort((a, b) => workOf(a) - workOf(b));
  const count = Math.min(SHOWN_CASES, sorted.length);
  const shown = Array.from(
    { length: count },
    (_, i) => sorted[Math.round((i * (sorted.length - 1)) / Math.max(1, count - 1))]!,
  );
  const of = (variant: VariantRecord, id: string): CaseSummary | undefined =>
    summaries.find((one) => one.variant === variant && one.record.id === id);
  return {
    id: "times",
    title: "Times of the full Jacobian",
    blocks: [
      paragraph(
        "Medians, in seconds of one whole Jacobian with its primal evaluation; of chains from the least to the most work. " +
          "All chains are in results.csv.",
      ),
      table(
        "times",
        "Time of the full Jacobian on some chains",
        ["way", ...shown.map(({ id }) => `>${plainText(id)}`)],
        results.variants.map((variant) => [
          cell(plainText(variant.label)),
          ...shown.map(({ id }) => timeCell(of(variant, id))),
        ]),
      ),
    ],
  };
}

/** A time with its interval. */
export function timeCell(summary: CaseSummary | undefined): TableCell {
  if (summary === undefined) return cell("—", null);
  const { seconds, interval95 } = summary;
  return cell(formatEstimate({ estimate: seconds, interval95 }, formatSeconds), seconds);
}

function excessCell(excess: number | null, where?: string): TableCell {
  if (excess === null) return cell("—", null);
  return cell(`+${formatPercent(excess)}${where && excess > 0 ? ` (${plainText(where)})` : ""}`, excess);
}

function modeVariants(results: AnyResults): VariantRecord[] {
  return results.variants.filter(({ mode }) => mode !== null);
}

function workOf({ n, m, sigma }: AnyResults["cases"][number]): number {
  return Math.sqrt(n * m) * sigma;
}
