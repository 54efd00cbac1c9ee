/** @file Whether frameworks see the gain of a printed plan: its FMA against those of both modes, and its time against theirs. Pure. */

import type { PeersPlan, VariantRecord } from "../../src/results/types.ts";
import type { Estimate } from "../../src/statistics/interval.ts";
import type { AnyResults } from "../config.ts";
import { rngSeedOf } from "../config.ts";
import { groupBy } from "../grouping.ts";
import { type CaseSummary, caseSummaries, clusteredInterval } from "../laws/case-interval.ts";
import { pairedRows } from "../laws/pairs.ts";
import { type Block, cell, paragraph, type Section, type TableCell, table } from "../report/blocks.ts";
import type { ReportFinding } from "../report/verdict-section.ts";
import {
  formatCount,
  formatEstimate,
  formatNumber,
  formatPercent,
  formatSeconds,
  listed,
  plainText,
} from "../text.ts";
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

/** A gain of at least this share of the predicted one is called seen; one below this factor hardly. */
const SEEN = 0.5;
const PARTLY = 1.5;

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
export function planAnswer(results: AnyResults): string | null {
  const gains = [...planGains(results)].sort((a, b) => a.gain.estimate - b.gain.estimate);
  const [least, most] = [gains[0], gains.at(-1)];
  if (least === undefined || most === undefined) return null;
  const predicted = [...new Set(gains.map((one) => formatNumber(one.predicted)))];
  const of = ({ name, gain }: PlanGain): string => `${formatEstimate(gain, formatNumber)} (${name})`;
  const range = least === most ? of(least) : `${of(least)} to ${of(most)}`;
  return `the plan is ${range} times as fast as the faster mode, where FMA predict ${listed(predicted)}`;
}

/** The answer in a half sentence for each framework. */
export function planFindings(results: AnyResults): ReportFinding[] {
  return planGains(results).map(({ name, plan, best, gain, predicted }) => ({
    name,
    text:
      `the plan takes ${formatSeconds(plan.seconds)}, ${formatEstimate(gain, formatNumber)} times as fast as ` +
      `${best.variant.mode} mode (${formatSeconds(best.seconds)}), where FMA predict ${formatNumber(predicted)}: ` +
      wordOf(gain.estimate, predicted),
  }));
}

/** The table, and the statements that were run. */
export function planSection(results: AnyResults): Section | null {
  const plan = results.peers?.plan;
  if (plan == null) return null;
  const gains = planGains(results);
  const code = Object.entries(plan.code).flatMap(([framework, statements]): Block[] => [
    paragraph([`As printed, and as run, for ${plainText(framework)}:`]),
    { kind: "code", language: "text", code: statements.split("\n").map(plainText).join("\n") },
  ]);
  return {
    id: "plan",
    title: "Does the framework see the gain?",
    blocks: [
      paragraph(
        `The plan costs ${formatCount(plan.fma)} FMA, forward mode ${formatCount(plan.forwardFma)} ` +
          `(${formatNumber(plan.forwardFma / plan.fma)} times as many), reverse mode ${formatCount(plan.reverseFma)} ` +
          `(${formatNumber(plan.reverseFma / plan.fma)} times). Time ratios are paired within rounds; a framework that saw the whole gain ` +
          "would show the ratio of FMA.",
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
        text:
          `of its ${formatSeconds(eager.plan.seconds)}, ${formatSeconds(lost)} (${formatPercent(lost / eager.plan.seconds)}) are not there ` +
          "where the same statements are jitted: that is tracing and dispatch, not FMA, and it hides the gain.",
      },
    ];
  });
  return items.length === 0 ? [] : [{ kind: "list", items }];
}

function gainRow({ name, plan, best, gain, predicted }: PlanGain): TableCell[] {
  return [
    cell(name),
    timeCell(plan),
    timeCell(best),
    cell(best.variant.mode!),
    cell(formatNumber(predicted), predicted),
    cell(formatEstimate(gain, formatNumber), gain.estimate),
    cell(wordOf(gain.estimate, predicted)),
  ];
}

/** What became of a predicted gain, in words by the numbers alone. */
function wordOf(gain: number, predicted: number): string {
  if (predicted <= 1.05)
    return gain >= 0.95 ? "none predicted, none lost" : "none predicted, and time is lost";
  if (gain < 1) return "lost: the plan is slower";
  const share = gain / predicted;
  const percent = `${formatPercent(share)} of the predicted ratio`;
  if (share >= SEEN) return `seen, ${percent}`;
  return gain >= PARTLY ? `seen in part, ${percent}` : `hardly seen, ${percent}`;
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
