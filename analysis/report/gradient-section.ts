/** @file The section of the cheap gradient: its ratios with intervals, beside the literature's bound and what forward should take. Pure. */

import { CONFIDENCE } from "../../src/statistics/interval.ts";
import type { AnyResults } from "../config.ts";
import { CHEAP_GRADIENT_BOUND, gradientRatios } from "../laws/cheap-gradient.ts";
import { count, joined, number, percent, type Sentence, says, term } from "../laws/sentence.ts";
import { formatEstimate, formatNumber, plainText, variantName } from "../text.ts";
import { cell, paragraph, type Section, table } from "./blocks.ts";

/** The gradient in times of the function alone; null where the value alone was not timed, or no case has m = 1. */
export function gradientSection(results: AnyResults): Section | null {
  const ratios = gradientRatios(results);
  if (ratios.length === 0) return null;
  const [least, most] = CHEAP_GRADIENT_BOUND;
  return {
    id: "cheap-gradient",
    title: "The cheap gradient",
    blocks: [
      paragraph(
        says`(primal + tape + products) / primal alone, both timed in the same measurement; in brackets ${percent(CONFIDENCE)} intervals. The bound of Griewank and Walther (${term("Evaluating Derivatives, 2nd ed., chapter 4")}) is ω from ${count(least)} to ${count(most)} times the function for one reverse sweep, whatever n is. It counts memory moves, additions, multiplications and nonlinear operations, weighted; the table has seconds, and FMA beside them, which know no moves. Forward mode should take about ${count(1)} + n times with a shared primal and ${count(2)}·n times with a recomputed one.`,
      ),
      table(
        "cheap-gradient",
        "The gradient in times of the function alone",
        ["case", "variant", "with respect to", ">times, seconds", ">times, FMA", ">expected"],
        ratios.map(({ record, variant, ratio, interval95, countedRatio, expected }) => [
          cell(plainText(record.id)),
          cell(variantName(variant)),
          cell(variant.withRespectTo === "parameters" ? "all weights" : "the input"),
          cell(formatEstimate({ estimate: ratio, interval95 }), ratio),
          cell(formatNumber(countedRatio), countedRatio),
          expected === null
            ? cell(`at most ${least} to ${most}`, most)
            : cell(`about ${formatNumber(expected)}`, expected),
        ]),
      ),
    ],
  };
}

/** What the gradient takes by one VJP, as a half sentence; null where it was not compared with the value alone. */
export function gradientFinding(results: AnyResults): Sentence | null {
  const ratios = gradientRatios(results).filter(({ variant }) => variant.mode === "reverse");
  if (ratios.length === 0) return null;
  const range = (withRespectTo: "input" | "parameters"): Sentence | null => {
    const own = ratios
      .filter(({ variant }) => variant.withRespectTo === withRespectTo)
      .map(({ ratio }) => ratio);
    if (own.length === 0) return null;
    const what = withRespectTo === "input" ? says`the input` : says`all weights`;
    return says`${number(Math.min(...own))} to ${number(Math.max(...own))} with respect to ${what}`;
  };
  const parts = [range("input"), range("parameters")].filter((part) => part !== null);
  return says`the gradient by one VJP, the primal included, over the function alone takes, in times: ${joined(parts, ", ")}`;
}
