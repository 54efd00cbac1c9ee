/** @file Method and limits in plain words, and a paragraph to copy into a paper. Pure. */

import { MINIMUM_PROCESSES, MINIMUM_ROUNDS } from "../../src/statistics/interval.ts";
import { type AnyResults, timedPartOf } from "../config.ts";
import { crossover, crossoverText } from "../laws/crossover.ts";
import { variantPairs } from "../laws/pairs.ts";
import { fitPowerLaws } from "../laws/power-law.ts";
import { verdicts } from "../laws/verdict.ts";
import { verdictRule } from "../laws/verdict-rule.ts";
import { verdictWords } from "../laws/verdict-words.ts";
import { formatCount, formatNumber, listed, plainText, variantName } from "../text.ts";
import { paragraph, type Section } from "./blocks.ts";

/** What was done, how it is judged, and what it cannot say. */
export function methodSection(results: AnyResults): Section {
  const rule = verdictRule(results);
  const item = (term: string, text: string) => ({ term, text });
  return {
    id: "method",
    title: "Method and limits",
    blocks: [
      {
        kind: "list",
        items: [
          item(
            "Measured",
            `${design(results)} A round visits every case once in a fresh random order, and within a case its ` +
              `variants in random order; rounds are spread over fresh processes. ${timed(results)}`,
          ),
          item(
            "Intervals",
            "All are 95 % intervals. The unit is the process: rounds of one process share its JIT decisions and its " +
              "memory layout. A case's time is the median of each process, on the logarithm, with Student's t over the " +
              "processes. Exponents, coefficients and crossovers are fitted robustly (Huber's M-estimate: measurements " +
              "far off bend them little), with a variance that adds what cases and what processes contribute. No interval " +
              `is printed below ${MINIMUM_ROUNDS} rounds or ${MINIMUM_PROCESSES} processes.`,
          ),
          item(
            "The rule, stated before the data",
            `n and m: confirmed where the interval of the exponent lies within ±${rule.tolerance} of the claimed one, refuted ` +
              "where it lies wholly outside (at 99.9 %, since one true claim in twenty has a 95 % interval that goes astray). " +
              `Σ: an upper bound; refuted where the exponent, over all cases or in a third of them, lies above 1 + ${rule.sigmaTolerance}. ` +
              "Refuted also where another form of the cost predicts left-out cases better by more than " +
              `${formatNumber(rule.refuteStandardErrors)} standard errors. Everything else, and fewer than ${rule.minCases} cases (or ` +
              `${rule.spareCases} more than fitted numbers), ${rule.minRounds} rounds or ${rule.minProcesses} processes, is inconclusive.`,
          ),
          item(
            "A fixed cost",
            "A cost a call that does not grow with Σ pulls Σ's exponent below 1 where chains are small. That does not refute an " +
              "upper bound; it is stated, with the Σ from which it is less than the tolerance. Exponents of n and m are then judged " +
              "with the machine model's cost of a product divided out, since a sum is no power.",
          ),
        ],
      },
      paragraph("What it cannot say:"),
      {
        kind: "list",
        items: [
          item(
            "One machine",
            "Seconds belong to this machine, this runtime and these kernels. Exponents carry over as far as the machine model " +
              "does; counts are the same everywhere.",
          ),
          item(
            "These cases",
            "Nothing is said beyond the measured n, m, Σ and K. Cases are a chosen grid, no random sample of networks; the " +
              "intervals treat what makes a case faster or slower than the law as if drawn at random.",
          ),
          item(
            "Noise",
            "The intervals' coverage was found by simulation on the design of this project's scaling experiment. Drift and other " +
              "load that hit all cases of a round alike cancel; load that follows one kind of case would not.",
          ),
        ],
      },
    ],
  };
}

function timed(results: AnyResults): string {
  return timedPartOf(results) === "products"
    ? "Times are of the products; the preparation (the primal evaluation and what must be kept) is timed apart."
    : "Times hold the preparation (the primal evaluation and what must be kept) and the products.";
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

function paperParagraph(results: AnyResults): string {
  const machine = results.environments[0];
  const where =
    machine === undefined
      ? ""
      : ` on ${plainText(machine.cpuModel ?? "an unknown processor")} with ${plainText(machine.runtime === "node" ? "Node.js" : machine.runtime)} ${plainText(machine.runtimeVersion ?? "")}`.trimEnd();
  const version = machine?.packages.jacobench;
  const found = verdicts(results)
    .filter(({ status }) => status !== "none")
    .map((verdict) => {
      const words = verdictWords(verdict);
      const law = words.law === null ? "" : ` (${words.law})`;
      return `${variantName(verdict.variant)}, ${words.claim}: ${words.headline}${law}`;
    });
  const crossings = variantPairs(results).map((pair) => {
    const { products } = crossover(results, pair);
    return `${plainText(pair.name)}: ${crossoverText(products)}`;
  });
  return [
    `We timed the accumulation of full Jacobians with jacobench${version === undefined ? "" : ` ${plainText(version)}`}${where}. ${design(results)}`,
    results.quick
      ? "This was a quick run: estimates without intervals."
      : "Intervals are 95 %, clustered by process and case, from robust regression on the logarithms.",
    ...(found.length === 0 ? [] : [`${found.join(". ")}.`]),
    ...(crossings.length === 0 ? [] : [`Crossover of forward and reverse: ${crossings.join("; ")}.`]),
  ].join(" ");
}

/** How much was measured, as a sentence. */
function design(results: AnyResults): string {
  const [law] = fitPowerLaws(results);
  const depths = [...new Set(results.cases.map(({ depth }) => depth))].sort((a, b) => a - b);
  const span = (values: readonly number[]): string => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return low === high ? formatCount(low) : `${formatCount(low)} to ${formatCount(high)}`;
  };
  const repetitions = new Set(results.measurements.map(({ repetition }) => repetition)).size;
  const each = repetitions > 1 ? ` in ${repetitions} repetitions` : "";
  return (
    `${formatCount(results.cases.length)} chains (n ${span(results.cases.map(({ n }) => n))}, m ` +
    `${span(results.cases.map(({ m }) => m))}, Σ ${span(results.cases.map(({ sigma }) => sigma))}, K ${depths.length > 6 ? span(depths) : listed(depths.map(String))}) by ` +
    `${results.variants.length} variants, each in ${law?.rounds ?? 0} rounds over ${law?.processes ?? 0} processes${each}.`
  );
}
