/** @file What would help an inconclusive verdict, as sentences. Pure. */

import { SYMBOL } from "./power-law.ts";
import { count, listing, number, percent, type Sentence, says, term } from "./sentence.ts";
import type { Judgement, Verdict } from "./verdict.ts";

/** A grid that spans less than this factor gains most by being wider. */
const WIDE = 30;

/** Says what would help: more rounds, processes or cases, a wider grid, larger chains, a quieter machine. */
export function remedies(verdict: Verdict): Sentence[] {
  const { obstacle, rule, law } = verdict;
  switch (obstacle?.kind) {
    case "quick":
      return [
        says`A full run would help: at least ${count(rule.minRounds)} rounds in ${count(rule.minProcesses)} processes.`,
      ];
    case "too few":
      return [
        says`At least ${count(obstacle.needed)} ${term(obstacle.what)} would help (now ${count(obstacle.found)}).`,
      ];
    case "not fitted":
      if (verdict.variant.withRespectTo === "parameters") {
        return [says`No grid can help: the number of parameters is Σ and the biases, and moves with it.`];
      }
      return law.refusal?.startsWith("collinear")
        ? [says`A grid in which they vary independently of each other would help.`]
        : [says`More cases would help, in which n, m and Σ vary.`];
    default:
      return forUndecided(
        verdict,
        verdict.judgements.filter(({ outcome }) => outcome === "undecided"),
      );
  }
}

function forUndecided(verdict: Verdict, undecided: readonly Judgement[]): Sentence[] {
  const { law, fixedCost } = verdict;
  const scatter = law.residualRms ?? 0;
  const spread = law.processSpread ?? 0;
  const noise = spread / Math.sqrt(law.processes);
  const sentences = [
    noise > scatter / 2
      ? says`More rounds and processes, or a quieter machine, would help: between processes a case varies by ±${percent(spread)}.`
      : says`More cases would help: they lie ±${percent(scatter)} off the law in all processes alike, which more rounds do not mend.`,
  ];
  const narrow = undecided.filter(({ regressor }) => law.factors[regressor] < WIDE);
  if (narrow.length > 0) {
    const spans = narrow.map(
      ({ regressor }) => says`${term(SYMBOL[regressor])} by a factor of ${number(law.factors[regressor])}`,
    );
    sentences.push(says`So would a wider grid, which now varies ${listing(spans)}.`);
  }
  if (fixedCost !== null) {
    const equal = count(Number(fixedCost.fmaOfEqualCost.toPrecision(2)));
    sentences.push(
      says`So would larger chains: the fixed cost per product weighs as much as the FMA of Σ = ${equal}.`,
    );
  }
  return sentences;
}
