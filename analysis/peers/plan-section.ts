/** @file Whether frameworks see the gain of a printed plan: its FMA against those of both modes, and its time against theirs. Pure. */

import type { PeersPlan, VariantRecord } from "../../src/results/types.ts";
import type { Estimate } from "../../src/statistics/interval.ts";
import { conventionOf } from "../../src/strategies/convention.ts";
import type { AnyResults } from "../config.ts";
import { rngSeedOf } from "../config.ts";
import { groupBy } from "../grouping.ts";
import { type CaseSummary, caseSummaries, clusteredInterval } from "../laws/case-interval.ts";
import { pairedRows } from "../laws/pairs.ts";
import {
  count,
  decided,
  estimated,
  listing,
  number,
  percent,
  quoted,
  type Sentence,
  says,
  seconds,
  term,
} from "../laws/sentence.ts";
import { compare } from "../laws/statement.ts";
import { type Block, cell, paragraph, type Section, type TableCell, table } from "../report/blocks.ts";
import type { FindingSentence } from "../report/verdict-section.ts";
import { formatCount, formatEstimate, formatNumber, plainText } from "../text.ts";
import { timeCell } from "./law-sections.ts";

/** A framework at a number of threads: its mixed way, and its faster mode. */
export type PlanGain = {
  /** For people. */
  readonly name: string;
  readonly plan: CaseSummary;
  readonly best: CaseSummary;
  /** Time of the faster mode over that of the plan, paired within rounds. */
  readonly gain: Estimate;
  /** FMA of the same mode over those of the plan. */
  readonly predicted: number;
};

/** A gain of at least this share of the predicted one is called seen, less of one seen in part. */
const SEEN = 0.5;

/** A predicted gain of no more than this is none. */
const NO_GAIN = 1.05;

/**
 * Compares, for every framework, the printed plan with the faster of its two modes.
 *
 * @param results - of a comparison with a plan
 */
export function planGains(results: AnyResults): PlanGain[] {
  const plan = results.peers?.plan;
  if (plan == null) return [];
  const summaries = caseSummaries(results);
  const mixed = summaries.filter(({ variant }) => variant.mode === null);
  return mixed.flatMap((own) => {
    const modes = summaries.filter((one) => one.variant.mode !== null && isSibling(one.variant, own.variant));
    if (modes.length === 0) return [];
    const best = modes.reduce((a, b) => (b.seconds < a.seconds ? b : a));
    const fma = best.variant.mode === "forward" ? plan.forwardFma : plan.reverseFma;
    return [
      {
        name: plainText(own.variant.kernel),
        plan: own,
        best,
        gain: pairedGain(results, best.variant, own.variant),
        predicted: fma / fmaOf(own, plan),
      },
    ];
  });
}

/** The least and the largest gain as a half sentence; null without any. */
export function planAnswer(results: AnyResults): Sentence | null {
  const gains = [...planGains(results)].sort((a, b) => a.gain.estimate - b.gain.estimate);
  const [least, most] = [gains[0], gains.at(-1)];
  if (least === undefined || most === undefined) return null;
  const predicted = [...new Set(gains.map((one) => one.predicted))].map((one) => number(one));
  const of = ({ name, gain }: PlanGain): Sentence => says`${estimated(gain, formatNumber)} (${term(name)})`;
  const range = least === most ? of(least) : says`${of(least)} to ${of(most)}`;
  return says`the plan is ${range} times as fast as the faster mode, where FMA predict ${listing(predicted)}`;
}

/** The answer in a half sentence for each framework. */
export function planFindings(results: AnyResults): FindingSentence[] {
  return planGains(results).map((one) => {
    const { name, plan, best, gain, predicted } = one;
    return {
      name,
      sentence: says`the plan takes ${seconds(plan.seconds)}, ${estimated(gain, formatNumber)} times as fast as ${term(best.variant.mode!)} mode (${seconds(best.seconds)}), where FMA predict ${number(predicted)}: ${verdictOf(one)}`,
    };
  });
}

/** The table, and the statements that were run. */
export function planSection(results: AnyResults): Section | null {
  const plan = results.peers?.plan;
  if (plan == null) return null;
  const gains = planGains(results);
  const code = Object.entries(plan.code).flatMap(([framework, statements]): Block[] => [
    paragraph(says`As printed then, and as run, for ${quoted(framework)}:`),
    { kind: "code", language: "text", code: statements.split("\n").map(plainText).join("\n") },
  ]);
  return {
    id: "plan",
    title: "Does the framework see the gain?",
    blocks: [
      paragraph(
        says`The plan costs ${count(plan.fma)} FMA, forward mode ${count(plan.forwardFma)} (${number(plan.forwardFma / plan.fma)} times as many), reverse mode ${count(plan.reverseFma)} (${number(plan.reverseFma / plan.fma)} times). Time ratios are paired within rounds; a framework that saw the whole gain would show the ratio of FMA.`,
      ),
      table(
        "plan",
        "The plan against the faster mode of each framework",
        ["framework", ">plan", ">faster mode", "which", ">FMA ratio", ">time ratio", "the gain is"],
        gains.map((one) => gainRow(one)),
      ),
      ...dispatchBlocks(gains),
      table(
        "plan-times",
        "Time of every way on the chain",
        ["way", ">FMA", ">time"],
        caseSummaries(results).map((summary) => [
          cell(plainText(summary.variant.label)),
          cell(formatCount(summary.cost.fmaPredicted), summary.cost.fmaPredicted),
          timeCell(summary),
        ]),
      ),
      ...code,
    ],
  };
}

/** What an eager plan loses to the framework's own work, by the same plan jitted. */
function dispatchBlocks(gains: readonly PlanGain[]): Block[] {
  const of = (way: string, like: PlanGain): PlanGain | undefined =>
    gains.find(
      ({ plan: { variant } }) =>
        variant.peer?.way === way &&
        variant.peer.peer === like.plan.variant.peer?.peer &&
        variant.peer.threads === like.plan.variant.peer.threads,
    );
  const items = gains.flatMap((eager) => {
    const jitted = eager.plan.variant.peer?.way === "plan" ? of("plan-jit", eager) : undefined;
    if (jitted === undefined || jitted.plan.seconds >= eager.plan.seconds) return [];
    const lost = eager.plan.seconds - jitted.plan.seconds;
    return [
      {
        term: eager.name,
        text: says`of its ${seconds(eager.plan.seconds)}, ${seconds(lost)} (${percent(lost / eager.plan.seconds)}) are not there where the same statements are jitted: that is tracing and dispatch, not FMA, and it hides the gain.`,
      },
    ];
  });
  return items.length === 0 ? [] : [{ kind: "list", items }];
}

function gainRow(one: PlanGain): TableCell[] {
  const { name, plan, best, gain, predicted } = one;
  return [
    cell(name),
    timeCell(plan),
    timeCell(best),
    cell(best.variant.mode!),
    cell(formatNumber(predicted), predicted),
    cell(formatEstimate(gain, formatNumber), gain.estimate),
    cell(verdictOf(one)),
  ];
}

/**
 * What became of a predicted gain: whether there is one is decided by its interval, whether it is seen whole by the
 * estimate, see {@link SEEN}.
 */
function verdictOf(one: PlanGain): Sentence {
  const { plan, best } = one;
  return conventionOf(plan.variant) === conventionOf(best.variant)
    ? outcomeOf(one)
    : says`with the layers' matrices at hand for the plan alone: ${outcomeOf(one)}`;
}

function outcomeOf({ plan, gain, predicted }: PlanGain): Sentence {
  const statement = compare({
    subject: plan.variant.label,
    quantity: "time of the faster mode / time of the plan",
    value: gain,
    reference: 1,
  });
  const share = says`${percent(gain.estimate / predicted)} of the predicted ratio`;
  if (gain.interval95 === null) return says`${share}, without an interval`;
  if (predicted <= NO_GAIN) {
    const words = {
      above: "none predicted, and yet the plan is faster",
      below: "none predicted, and time is lost",
      within: "none predicted, none lost",
      undecided: "none predicted, and none told from it",
    };
    return [decided(statement, words)];
  }
  const words = {
    above: gain.estimate / predicted >= SEEN ? "seen" : "seen in part",
    below: "lost: the plan is slower",
    within: "not seen",
    undecided: "not told from none",
  };
  const word = decided(statement, words);
  return statement.relation === "above" ? says`${word}, ${share}` : [word];
}

/** Our optimal strategy has a plan of its own, by its own convention; the frameworks' is the printed one. */
function fmaOf({ cost }: CaseSummary, plan: PeersPlan): number {
  return cost.fmaPredicted > 0 ? cost.fmaPredicted : plan.fma;
}

/** The modes that a mixed way is compared with: the same framework, threads, and way of calling it. */
function isSibling(mode: VariantRecord, mixed: VariantRecord): boolean {
  if (mode.peer?.peer !== mixed.peer?.peer || mode.peer?.threads !== mixed.peer?.threads) return false;
  if (mode.kernel === mixed.kernel) return true;
  // Ours: the blocked strategies of the same kernel.
  return mixed.peer?.way.startsWith("optimal-") === true && mode.peer!.way.endsWith(mixed.peer.way.slice(7));
}

function pairedGain(results: AnyResults, mode: VariantRecord, mixed: VariantRecord): Estimate {
  const rows = pairedRows(results, mode.label, mixed.label);
  const processes = [...groupBy(rows, (row) => row.process).values()].map((group) =>
    group.map((row) => row.forward.seconds / row.reverse.seconds),
  );
  const { estimate, interval95 } = clusteredInterval(processes, {
    quick: results.quick,
    rngSeed: rngSeedOf(results),
  });
  return { estimate, interval95 };
}
