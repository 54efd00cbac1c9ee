/** @file The tables of a report: exponents, Σ, crossovers, A/A, cost, warnings. Pure. */

import type { VariantRecord } from "../../src/results/types.ts";
import { CONFIDENCE, type Estimate } from "../../src/statistics/interval.ts";
import { CONVENTION_NAMES, conventionOf } from "../../src/strategies/convention.ts";
import type { WarningCode } from "../../src/warnings.ts";
import type { AnyResults } from "../config.ts";
import { pairKey } from "../grouping.ts";
import { aaCheck } from "../laws/aa.ts";
import { caseSummaries } from "../laws/case-interval.ts";
import { claimSentence } from "../laws/claim.ts";
import { type ClaimedLaw, claimedLaws } from "../laws/claimed-law.ts";
import { explainSigma } from "../laws/explain-sigma.ts";
import type { Regressor } from "../laws/power-law.ts";
import { count, digits, joined, percent, quoted, says, term } from "../laws/sentence.ts";
import { measurementRows } from "../table.ts";
import {
  formatBytes,
  formatCount,
  formatEstimate,
  formatPercent,
  formatSeconds,
  type NumberFormat,
  plainText,
  variantName,
} from "../text.ts";
import { cell, paragraph, type Section, type TableCell, table } from "./blocks.ts";

/** Most rows of the cost table; the rest is in results.csv. */
const MOST_COST_ROWS = 40;

/** Exponents of every variant with their intervals, what was dropped, and how they stand to the prediction. */
export function exponentSection(results: AnyResults): Section {
  const fits = claimedLaws(results);
  const exponent = ({ law }: ClaimedLaw, regressor: Regressor): TableCell =>
    estimateCell(law.exponents[regressor]);
  const withDepth = fits.some(({ law }) => law.exponents.depth !== null);
  const withExcess = fits.some(({ isExcess }) => isExcess);
  const rows = fits.map((fitted) => {
    const { variant, claim, law, isExcess } = fitted;
    return [
      cell(variantName(variant)),
      cell(claim === null ? "—" : [term(claim.symbol)]),
      ...(withExcess ? [cell(isExcess ? "time / claim" : "time")] : []),
      exponent(fitted, "n"),
      exponent(fitted, "m"),
      exponent(fitted, "sigma"),
      ...(withDepth ? [exponent(fitted, "depth")] : []),
      cell(law.residualRms === null ? "—" : `±${formatPercent(law.residualRms)}`, law.residualRms),
      cell(law.outlierShare === null ? "—" : formatPercent(law.outlierShare), law.outlierShare),
      cell(String(law.cases), law.cases),
      cell(`${law.rounds} / ${law.processes}`, law.rounds),
      cell(claimSentence(results, fitted)),
    ];
  });
  const laws = fits.map(({ law }) => law);
  const dropped = new Map(
    laws.flatMap((law) => law.dropped.map(({ reason, sentence }) => [reason, sentence])),
  );
  const noInterval = new Set(
    laws.flatMap((law) => (law.refusal === null && law.noInterval ? [law.noInterval] : [])),
  );
  return {
    id: "exponents",
    title: "Exponents",
    blocks: [
      paragraph(
        says`t = c · n^a · m^b · Σ^g · K^k, fitted to the logarithms over all cases, robust against outliers (Huber); in brackets ${percent(CONFIDENCE)} intervals, clustered by process and case. Of n·Σ the exponents (n, m, Σ) = (${count(1)}, ${count(0)}, ${count(1)}) are predicted, of m·Σ (${count(0)}, ${count(1)}, ${count(1)}); nothing of the depth K, which is fitted where it can be told apart.`,
      ),
      ...(withExcess
        ? [
            paragraph(
              says`A claim that is no product of powers has no exponents of its own: time is divided by it first, and ${count(0)} is predicted of all that are left.`,
            ),
          ]
        : []),
      table(
        "exponents",
        "Exponents for each variant",
        [
          "variant",
          "claim",
          ...(withExcess ? ["exponents of"] : []),
          ">n",
          ">m",
          ">Σ",
          ...(withDepth ? [">K"] : []),
          ">residual",
          ">outliers",
          ">cases",
          ">rounds / processes",
          "against the prediction",
        ],
        rows,
      ),
      ...[...dropped.values()].map((sentence) => paragraph(says`Left out of the fit: ${sentence}.`)),
      ...[...noInterval].map((reason) => paragraph(says`No intervals: ${quoted(reason)}.`)),
    ],
  };
}

/** Why Σ's exponent is what it is, for each variant. */
export function sigmaSection(results: AnyResults): Section | null {
  const items = results.variants.flatMap((variant) => {
    const sentences = explainSigma(results, variant);
    return sentences.length === 0 ? [] : [{ term: variantName(variant), text: joined(sentences, " ") }];
  });
  return items.length === 0
    ? null
    : { id: "sigma", title: "What Σ costs", blocks: [{ kind: "list", items }] };
}

/** The A/A check; null where the experiment is none. */
export function aaSection(results: AnyResults): Section | null {
  const check = aaCheck(results);
  if (check === null) return null;
  const covering =
    check.withInterval === 0
      ? says`No intervals`
      : says`${count(check.covering)} of ${count(check.withInterval)} intervals cover ${count(1)} (${percent(CONFIDENCE)} would be ${digits(CONFIDENCE * check.withInterval, 0)})`;
  const width =
    check.medianWidth === null ? says`` : says`; the median interval is ${digits(check.medianWidth, 4)} wide`;
  const [first, second] = [check.first, check.second].map((one) => term(variantName(one)));
  return {
    id: "aa",
    title: "A/A: one strategy under two labels",
    blocks: [
      paragraph(
        says`${first!} and ${second!} are the same strategy: their ratio is ${count(1)} but for noise. ${covering}; mean |ratio − ${count(1)}| is ${digits(check.meanAbsDeviation, 4)}${width}. Intervals are clustered by ${term(check.clusteredBy)}.`,
      ),
    ],
  };
}

/** Predicted and counted cost; exact, so any difference is a fault of the software. */
export function costSection(results: AnyResults): Section {
  const counted = results.costs.filter(({ fmaCounted }) => fmaCounted !== null);
  const unequal = counted.filter(
    (cost) =>
      cost.fmaCounted !== cost.fmaPredicted ||
      cost.primalFmaCounted !== cost.primalFmaPredicted ||
      cost.bytesCounted !== cost.bytesPredicted,
  );
  const skipped = results.costs.length - counted.length;
  const inAll = says`${count(counted.length)} counted runs`;
  const equal = says`Predicted equals counted, FMA and bytes, in all ${inAll}`;
  const differs = says` in ${count(unequal.length)} of ${inAll}`;
  const uncounted = skipped > 0 ? says`; ${count(skipped)} were too large to be counted one by one` : says``;
  const rest = says`${uncounted}. FMA: fused multiply-adds of the derivative; the primal evaluations' stand apart, in so many evaluations.`;
  const shown = results.costs.slice(0, MOST_COST_ROWS);
  return {
    id: "cost",
    title: "Cost, predicted and counted",
    blocks: [
      unequal.length === 0
        ? paragraph([...equal, ...rest])
        : {
            kind: "note",
            text: [{ kind: "strong", text: "Predicted differs from counted" }, ...differs, ...rest],
          },
      table(
        "cost",
        "Predicted and counted cost of each variant on each case",
        [
          "case",
          "variant",
          "convention",
          ">FMA predicted",
          ">FMA counted",
          ">primal FMA",
          ">total FMA",
          ">peak memory",
          ">time",
        ],
        costRows(results, shown),
      ),
      ...(shown.length < results.costs.length
        ? [
            paragraph([
              ...says`${count(shown.length)} of ${count(results.costs.length)} rows; all are in `,
              { kind: "link", text: "results.csv", href: "results.csv" },
              ".",
            ]),
          ]
        : []),
    ],
  };
}

function costRows(results: AnyResults, costs: AnyResults["costs"]): TableCell[][] {
  const names = new Map(results.variants.map((variant) => [variant.label, variantName(variant)]));
  const variants = new Map(results.variants.map((variant) => [variant.label, variant]));
  const times = new Map(
    caseSummaries(results).map((summary) => [pairKey(summary.record.id, summary.variant.label), summary]),
  );
  return costs.map((cost) => {
    const time = times.get(pairKey(cost.case, cost.variant));
    const total = cost.fmaPredicted + cost.primalFmaPredicted;
    return [
      cell(plainText(cost.case)),
      cell(names.get(cost.variant) ?? plainText(cost.variant)),
      conventionCell(variants.get(cost.variant)),
      cell(formatCount(cost.fmaPredicted), cost.fmaPredicted),
      cell(cost.fmaCounted === null ? "—" : formatCount(cost.fmaCounted), cost.fmaCounted),
      cell(
        `${formatCount(cost.primalFmaPredicted)} in ${formatCount(cost.primalEvaluations)}`,
        cost.primalFmaPredicted,
      ),
      cell(formatCount(total), total),
      cell(formatBytes(cost.bytesPredicted), cost.bytesPredicted),
      time === undefined
        ? cell("—", null)
        : cell(
            formatEstimate({ estimate: time.seconds, interval95: time.interval95 }, formatSeconds),
            time.seconds,
          ),
    ];
  });
}

/** Warnings by code with their counts, and what was left out because of them. */
export function warningSection(results: AnyResults): Section {
  const counts = new Map<WarningCode, { times: number; example: string }>();
  const all = [
    ...results.measurements.flatMap(({ warnings }) => warnings),
    ...results.costs.flatMap(({ warnings }) => warnings),
    ...caseSummaries(results).flatMap(({ warnings }) => warnings),
  ];
  for (const { code, message } of all) {
    const entry = counts.get(code);
    if (entry) entry.times += 1;
    else counts.set(code, { times: 1, example: message });
  }
  const unusable = measurementRows(results).filter((row) => row.unusable !== null);
  const left =
    unusable.length === 0
      ? []
      : [
          paragraph(
            says`${count(unusable.length)} of ${count(results.measurements.length)} measurements are left out of fits and charts (${joined([...new Set(unusable.map((row) => row.unusable!))].map(quoted), "; ")}).`,
          ),
        ];
  const section = { id: "warnings", title: "Warnings" };
  if (counts.size === 0) return { ...section, blocks: [paragraph("None."), ...left] };
  const rows = [...counts].map(([code, { times, example }]) => [
    cell([{ kind: "code", text: code }]),
    cell(formatCount(times), times),
    cell(plainText(example)),
  ]);
  const intro = says`Of ${count(results.measurements.length)} measurements; a case and a cost can carry warnings too.`;
  return {
    ...section,
    blocks: [
      paragraph(intro),
      table("warnings", "Warnings by code", ["code", ">count", "first of them"], rows),
      ...left,
    ],
  };
}

/** An estimate with its interval, sorted by the estimate. */
export function estimateCell(estimate: Estimate | null, format?: NumberFormat | undefined): TableCell {
  return estimate === null ? cell("—", null) : cell(formatEstimate(estimate, format), estimate.estimate);
}

/** What a variant takes for granted: costs are compared within one convention alone. */
export function conventionCell(variant: VariantRecord | undefined): TableCell {
  return variant === undefined ? cell("—", null) : cell(CONVENTION_NAMES[conventionOf(variant)]);
}
