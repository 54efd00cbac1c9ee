/** @file What would help an inconclusive verdict, as sentences. Pure. */

import { formatCount, formatNumber, formatPercent, listed } from "../text.ts";
import { SYMBOL } from "./power-law.ts";
import type { Judgement, Verdict } from "./verdict.ts";

/** A grid that spans less than this factor gains most by being wider. */
const WIDE = 30;

/** Says what would help: more rounds, processes or cases, a wider grid, larger chains, a quieter machine. */
export function remedies(verdict: Verdict): string[] {
  const { obstacle, rule, law } = verdict;
  switch (obstacle?.kind) {
    case "quick":
      return [`A full run would help: at least ${rule.minRounds} rounds in ${rule.minProcesses} processes.`];
    case "too few":
      return [
        `At least ${formatCount(obstacle.needed)} ${obstacle.what} would help (now ${formatCount(obstacle.found)}).`,
      ];
    case "not fitted":
      if (verdict.variant.withRespectTo === "parameters") {
        return ["No grid can help: the number of parameters is Σ and the biases, and moves with it."];
      }
      return law.refusal?.startsWith("collinear")
        ? ["A grid in which they vary independently of each other would help."]
        : ["More cases would help, in which n, m and Σ vary."];
    default:
      return forUndecided(
        verdict,
        verdict.judgements.filter(({ outcome }) => outcome === "undecided"),
      );
  }
}

function forUndecided(verdict: Verdict, undecided: readonly Judgement[]): string[] {
  const { law, fixedCost } = verdict;
  const scatter = law.residualRms ?? 0;
  const noise = (law.processSpread ?? 0) / Math.sqrt(law.processes);
  const sentences =
    noise > scatter / 2
      ? [
          `More rounds and processes, or a quieter machine, would help: between processes a case varies by ` +
            `±${formatPercent(law.processSpread ?? 0)}.`,
        ]
      : [
          `More cases would help: they lie ±${formatPercent(scatter)} off the law in all processes alike, which more ` +
            "rounds do not mend.",
        ];
  const narrow = undecided.filter(({ regressor }) => law.factors[regressor] < WIDE);
  if (narrow.length > 0) {
    const spans = narrow.map(
      ({ regressor }) => `${SYMBOL[regressor]} by a factor of ${formatNumber(law.factors[regressor])}`,
    );
    sentences.push(`So would a wider grid, which now varies ${listed(spans)}.`);
  }
  if (fixedCost !== null) {
    sentences.push(
      `So would larger chains: the fixed cost a call weighs as much as the FMAs of Σ = ` +
        `${formatCount(Number(fixedCost.sigmaOfEqualCost.toPrecision(2)))}.`,
    );
  }
  return sentences;
}
