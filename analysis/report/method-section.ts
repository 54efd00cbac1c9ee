/** @file Method and limits in plain words, and a paragraph to copy into a paper. Pure. */

import {
  CONFIDENCE,
  MINIMUM_PROCESSES,
  MINIMUM_ROUNDS,
  STRICT_CONFIDENCE,
} from "../../src/statistics/interval.ts";
import { type AnyResults, timedPartOf } from "../config.ts";
import { crossover, crossoverSentence } from "../laws/crossover.ts";
import { variantPairs } from "../laws/pairs.ts";
import { fitPowerLaws } from "../laws/power-law.ts";
import {
  count,
  exactly,
  joined,
  listing,
  number,
  percent,
  precisePercent,
  quoted,
  type Sentence,
  says,
  term,
} from "../laws/sentence.ts";
import { verdicts } from "../laws/verdict.ts";
import { verdictRule } from "../laws/verdict-rule.ts";
import { verdictSentences } from "../laws/verdict-words.ts";
import { variantName } from "../text.ts";
import { paragraph, type Section } from "./blocks.ts";

/** More depths than this are given by the least and the largest. */
const MOST_DEPTHS = 6;

/** What was done, how it is judged, and what it cannot say. */
export function methodSection(results: AnyResults): Section {
  const rule = verdictRule(results);
  const item = (name: string, text: Sentence) => ({ term: name, text });
  const strict = precisePercent(STRICT_CONFIDENCE);
  return {
    id: "method",
    title: "Method and limits",
    blocks: [
      {
        kind: "list",
        items: [
          item(
            "Measured",
            says`${design(results)} A round visits every case once in a fresh random order, and within a case its variants in random order; rounds are spread over fresh processes. ${timed(results)}`,
          ),
          item(
            "Intervals",
            says`All are ${percent(CONFIDENCE)} intervals. The unit is the process: rounds of one process share its JIT decisions and its memory layout. A case's time is the median of each process, on the logarithm, with Student's t over the processes. Exponents, coefficients and crossovers are fitted robustly (Huber's M-estimate: measurements far off bend them little), with a variance that adds what cases and what processes contribute. No interval is printed below ${count(MINIMUM_ROUNDS)} rounds or ${count(MINIMUM_PROCESSES)} processes.`,
          ),
          item(
            "Words",
            says`Whether something lies above, below or within, is faster, ahead or the fastest, is decided by its interval alone; where that holds both sides, it is called undecided.`,
          ),
          item(
            "The rule, stated before the data",
            says`n and m: confirmed where the interval of the exponent lies within ±${exactly(rule.tolerance)} of the claimed one, refuted where it lies wholly outside (at ${strict}, since one true claim in twenty has a ${percent(CONFIDENCE)} interval that goes astray). Σ: an upper bound; refuted where the exponent, over all cases or in a third of them, lies above the claimed one by more than ${exactly(rule.sigmaTolerance)}. A claim that is no product of powers is divided out first, and ${count(0)} is claimed of what is left. Refuted also where another form of the cost predicts left-out cases better by more than ${number(rule.refuteStandardErrors)} standard errors. Everything else, and fewer than ${count(rule.minCases)} cases (or ${count(rule.spareCases)} more than fitted numbers), ${count(rule.minRounds)} rounds or ${count(rule.minProcesses)} processes, is inconclusive.`,
          ),
          item(
            "A fixed cost",
            says`A cost per product that does not grow with Σ pulls Σ's exponent below the claimed one where chains are small. That does not refute an upper bound; it is stated, with the Σ from which it is less than the tolerance. Exponents of n and m are then judged with the machine model's cost of a product divided out, since a sum is no power.`,
          ),
        ],
      },
      paragraph("What it cannot say:"),
      {
        kind: "list",
        items: [
          item(
            "One machine",
            says`Seconds belong to this machine, this runtime and these kernels. Exponents carry over as far as the machine model does; counts are the same everywhere.`,
          ),
          item(
            "These cases",
            says`Nothing is said beyond the measured n, m, Σ and K. Cases are a chosen grid, no random sample of networks; the intervals treat what makes a case faster or slower than the law as if drawn at random.`,
          ),
          item(
            "Noise",
            says`The intervals' coverage was found by simulation on the design of this project's scaling experiment. Drift and other load that hit all cases of a round alike cancel; load that follows one kind of case would not.`,
          ),
        ],
      },
    ],
  };
}

function timed(results: AnyResults): Sentence {
  return timedPartOf(results) === "products"
    ? says`Times are of the products; the preparation (the primal evaluation and what must be kept) is timed apart.`
    : says`Times hold the preparation (the primal evaluation and what must be kept) and the products.`;
}

/** A paragraph that a paper can use as it stands. */
export function paperSection(results: AnyResults): Section {
  return {
    id: "paper",
    title: "A paragraph for a paper",
    blocks: [
      paragraph("Free to copy and change; cite the software by CITATION.cff."),
      { kind: "copy", text: paperParagraph(results) },
    ],
  };
}

function paperParagraph(results: AnyResults): Sentence {
  const machine = results.environments[0];
  const where =
    machine === undefined
      ? says``
      : says` on ${quoted(machine.cpuModel ?? "an unknown processor")} with ${quoted(`${machine.runtime === "node" ? "Node.js" : machine.runtime} ${machine.runtimeVersion ?? ""}`)}`;
  const version = machine?.packages.jacobench;
  const software = version === undefined ? says`jacobench` : says`jacobench ${quoted(version)}`;
  const found = verdicts(results)
    .filter(({ status }) => status !== "none")
    .map((verdict) => {
      const { claim, headline, law } = verdictSentences(verdict);
      const measured = law === null ? says`` : says` (${law})`;
      return says`${term(variantName(verdict.variant))}, ${claim ?? says``}: ${headline}${measured}`;
    });
  const crossings = variantPairs(results).map((pair) => {
    const { products } = crossover(results, pair);
    const none = products.kind === "none" ? says`none, ` : says``;
    return says`${quoted(pair.name)}: ${none}${crossoverSentence(products)}`;
  });
  return joined(
    [
      says`We timed the accumulation of full Jacobians with ${software}${where}. ${design(results)}`,
      results.quick
        ? says`This was a quick run: estimates without intervals.`
        : says`Intervals are ${percent(CONFIDENCE)}, clustered by process and case, from robust regression on the logarithms.`,
      ...(found.length === 0 ? [] : [says`${joined(found, ". ")}.`]),
      ...(crossings.length === 0
        ? []
        : [says`Crossover of forward and reverse: ${joined(crossings, "; ")}.`]),
    ],
    " ",
  );
}

/** How much was measured, as a sentence. */
function design(results: AnyResults): Sentence {
  const [law] = fitPowerLaws(results);
  const depths = [...new Set(results.cases.map(({ depth }) => depth))].sort((a, b) => a - b);
  const span = (values: readonly number[]): Sentence => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return low === high ? [count(low)] : says`${count(low)} to ${count(high)}`;
  };
  const of = (value: (record: AnyResults["cases"][number]) => number): Sentence =>
    span(results.cases.map(value));
  const repetitions = new Set(results.measurements.map(({ repetition }) => repetition)).size;
  const each = repetitions > 1 ? says` in ${count(repetitions)} repetitions` : says``;
  const layers = depths.length > MOST_DEPTHS ? span(depths) : listing(depths.map(count));
  const sizes = says`n ${of(({ n }) => n)}, m ${of(({ m }) => m)}, Σ ${of(({ sigma }) => sigma)}, K ${layers}`;
  return says`${count(results.cases.length)} chains (${sizes}) by ${count(results.variants.length)} variants, each in ${count(law?.rounds ?? 0)} rounds over ${count(law?.processes ?? 0)} processes${each}.`;
}
