/** @file What an experiment says of plans: regret of each strategy, and where a bottleneck lets a mixed plan win. Pure. */

import { CONFIDENCE } from "../../src/statistics/interval.ts";
import { median } from "../../src/statistics/quantile.ts";
import type { AnyResults } from "../config.ts";
import {
  type Bottleneck,
  type BottleneckPoint,
  bottleneckSweep,
  isMode,
  type Lead,
  leadsOf,
  predictedLead,
  predictedLeadSentence,
} from "../laws/bottleneck.ts";
import { CLOSE, missReason, type Regret, regrets, timePredictions } from "../laws/regret.ts";
import {
  count,
  fixed,
  listing,
  percent,
  quoted,
  type Sentence,
  says,
  stating,
  term,
} from "../laws/sentence.ts";
import { formatCount, formatEstimate, formatFixed, formatPercent, plainText, variantName } from "../text.ts";
import { type Block, cell, paragraph, type Section, table } from "./blocks.ts";
import { conventionCell } from "./sections.ts";

/** Share of the chains that a plan should be close to the fastest on. */
const AIM = 0.95;

/** Most misses that are explained one by one. */
const MOST_MISSES = 20;

/** How far every strategy is from the fastest of each chain; null without a plan by time. */
export function regretSection(results: AnyResults): Section | null {
  const all = regrets(results);
  const judged = all.find(({ variant }) => variant.minimize === "time");
  if (judged === undefined) return null;
  const close = formatPercent(CLOSE);
  const rows = all.map(({ variant, chains, close: near, medianRegret, worst }) => [
    cell(variantName(variant)),
    conventionCell(variant),
    cell(`${near} of ${chains.length}`, near),
    cell(formatPercent(near / chains.length), near),
    cell(formatPercent(medianRegret), medianRegret),
    cell(formatPercent(worst.regret), worst.regret),
    cell(worst.regret === 0 ? "—" : plainText(worst.record.id)),
    cell(formatCount(chains.filter((chain) => chain.fastest === variant.label).length)),
  ]);
  const ties = results.quick ? says` (a quick run has no intervals, and so no ties)` : says``;
  return {
    id: "regret",
    title: "Regret: time lost against the fastest strategy of each chain",
    blocks: [
      paragraph(says`${answer(judged)}.`),
      paragraph(
        says`The fastest of each chain is chosen on even rounds; the regret is its ratio − ${count(1)} on odd ones, paired within rounds. Strategies whose interval of the ratio includes ${count(1)} count as tied, with a regret of ${count(0)}${ties}. Aim: at least ${percent(AIM)} within ${percent(CLOSE)}.`,
      ),
      table(
        "regret",
        "Regret of every strategy over all chains",
        [
          "strategy",
          "convention",
          `>within ${close}`,
          ">share",
          ">median regret",
          ">worst regret",
          "on chain",
          ">fastest on",
        ],
        rows,
      ),
      ...missBlocks(results, judged),
      ...predictionBlocks(results, judged),
    ],
  };
}

/** The regret of the judged strategy as a half sentence. */
function answer({ variant, chains, close, medianRegret, worst }: Regret): Sentence {
  const where = worst.regret === 0 ? says`` : says` (${quoted(worst.record.id)})`;
  return says`${term(variantName(variant))} is within ${percent(CLOSE)} of the fastest on ${count(close)} of ${count(chains.length)} chains (${percent(close / chains.length)}); median regret ${percent(medianRegret)}, worst ${percent(worst.regret)}${where}`;
}

function missBlocks(results: AnyResults, { variant, chains }: Regret): Block[] {
  const misses = chains.filter(({ regret }) => regret > CLOSE).sort((a, b) => b.regret - a.regret);
  if (misses.length === 0) return [];
  const predictions = timePredictions(results, variant);
  const items = misses.slice(0, MOST_MISSES).map((chain) => {
    const ratio = fixed({ estimate: chain.ratio, interval95: chain.interval95 });
    return {
      term: plainText(chain.record.id),
      text: says`${ratio} times the time of ${quoted(chain.fastest)}, which ${missReason(results, variant, chain, predictions)}.`,
    };
  });
  const more =
    misses.length > items.length
      ? [paragraph(says`And ${count(misses.length - items.length)} more, less far off.`)]
      : [];
  return [paragraph("Why it missed, the worst first:"), { kind: "list", items }, ...more];
}

function predictionBlocks(results: AnyResults, { variant }: Regret): Block[] {
  const predictions = timePredictions(results, variant);
  if (predictions.length === 0) return [];
  const held = predictions.filter((one) => one.held).length;
  const ratios = predictions.map(({ measured, plan }) => measured / plan.seconds);
  return [
    paragraph(
      says`Its time was predicted from the calibration: measured / predicted is ${fixed(median(ratios))} in the median (${fixed(Math.min(...ratios))} to ${fixed(Math.max(...ratios))}); ${count(held)} of ${count(predictions.length)} times lie in the ${percent(CONFIDENCE)} interval of their prediction.`,
    ),
  ];
}

/** The regret of the plan by time as a half sentence; null without one. */
export function regretFinding(results: AnyResults): Sentence | null {
  const judged = regrets(results).find(({ variant }) => variant.minimize === "time");
  return judged === undefined ? null : answer(judged);
}

/** Where the mixed plan beats both modes, as a half sentence; null where nothing is swept so. */
export function bottleneckFinding(results: AnyResults): Sentence | null {
  const sweep = bottleneckSweep(results);
  const modes = sweep?.points.filter(isMode) ?? [];
  return sweep === null || modes.length === 0 ? null : says`against both modes ${leadSentence(sweep, modes)}`;
}

/** Where the mixed plan wins as one width is swept; null where nothing is swept so. */
export function bottleneckSection(results: AnyResults): Section | null {
  const sweep = bottleneckSweep(results);
  if (sweep === null) return null;
  const { optimal, points } = sweep;
  const groups = [
    { name: "both modes", own: points.filter(isMode) },
    {
      name: "products from one end",
      own: points.filter(({ variant }) => variant.strategy.startsWith("product-")),
    },
  ].filter(({ own }) => own.length > 0);
  const items = groups.map(({ name, own }) => ({
    term: `against ${name}`,
    text: says`${leadSentence(sweep, own)}.`,
  }));
  return {
    id: "bottleneck",
    title: "Bottleneck: where the mixed plan is faster",
    blocks: [
      paragraph(
        says`Ratios of time to that of ${term(variantName(optimal))}, paired within rounds, in brackets ${percent(CONFIDENCE)} intervals; predicted is the ratio of FMA. Above ${count(1)} the mixed plan is faster.`,
      ),
      { kind: "list", items },
      table(
        "bottleneck",
        "Time of each strategy over that of the mixed plan, by the swept width",
        ["strategy", "convention", ">h", ">FMA ratio", ">time ratio", "chain"],
        points.map(({ variant, width, predicted, measured, interval95, record }) => [
          cell(variantName(variant)),
          conventionCell(variant),
          cell(formatCount(width), width),
          cell(formatFixed(predicted), predicted),
          cell(formatEstimate({ estimate: measured, interval95 }), measured),
          cell(plainText(record.id)),
        ]),
      ),
    ],
  };
}

function leadSentence(sweep: Bottleneck, points: readonly BottleneckPoint[]): Sentence {
  const [narrow, ...wider] = leadsOf(sweep, points);
  const leads = [narrow!, ...wider];
  const byFma = points.filter(({ width }) => width === narrow!.width).map(({ predicted }) => predicted);
  return says`at h = ${count(narrow!.width)} the plan is ${fixed(narrow!.value)} times as fast as the better one (${fixed(Math.min(...byFma))} by FMA); ${aheadSentence(leads)}, by FMA ${predictedLeadSentence(predictedLead(points))}`;
}

/** At which widths the plan is ahead with its whole interval. */
function aheadSentence(leads: readonly Lead[]): Sentence {
  const ahead = leads.filter(({ relation }) => relation === "above");
  const all = leads.map((one) => stating(one, ""));
  if (leads.every(({ value }) => value.interval95 === null)) {
    return says`without intervals it is not told where it is ahead`;
  }
  if (ahead.length === leads.length) return says`${all}it is ahead at every width`;
  if (ahead.length === 0) return says`${all}it is for certain ahead at no width`;
  const isFirst = leads.slice(0, ahead.length).every(({ relation }) => relation === "above");
  return isFirst
    ? says`${all}it is for certain ahead up to h = ${count(ahead.at(-1)!.width)}`
    : says`${all}it is for certain ahead at h = ${listing(ahead.map((one) => count(one.width)))}`;
}
