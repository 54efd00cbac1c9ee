/** @file What an experiment says of plans: regret of each strategy, and where a bottleneck lets a mixed plan win. Pure. */

import { median } from "../../src/statistics/quantile.ts";
import type { AnyResults } from "../config.ts";
import { type BottleneckPoint, bottleneckSweep, isMode, switchOf } from "../laws/bottleneck.ts";
import {
  type ChainRegret,
  CLOSE,
  missReason,
  type Regret,
  regrets,
  timePredictions,
} from "../laws/regret.ts";
import {
  formatCount,
  formatEstimate,
  formatFixed,
  formatNumber,
  formatPercent,
  plainText,
  variantName,
} from "../text.ts";
import { type Block, cell, paragraph, type Section, table } from "./blocks.ts";

/** Most misses that are explained one by one. */
const MOST_MISSES = 20;

/** How far every strategy is from the fastest of each chain; null without a plan by time. */
export function regretSection(results: AnyResults): Section | null {
  const all = regrets(results);
  const judged = all.find(({ variant }) => variant.minimize === "time");
  if (judged === undefined) return null;
  const percent = formatPercent(CLOSE);
  const rows = all.map(({ variant, chains, close, medianRegret, worst }) => [
    cell(variantName(variant)),
    cell(`${close} of ${chains.length}`, close),
    cell(formatPercent(close / chains.length), close),
    cell(formatPercent(medianRegret), medianRegret),
    cell(formatPercent(worst.regret), worst.regret),
    cell(worst.regret === 0 ? "—" : plainText(worst.record.id)),
    cell(formatCount(chains.filter((chain) => chain.fastest === variant.label).length)),
  ]);
  return {
    id: "regret",
    title: "Regret: time lost against the fastest strategy of each chain",
    blocks: [
      paragraph(answer(judged)),
      paragraph(
        `The fastest of each chain is chosen on even rounds; the regret is its ratio − 1 on odd ones, paired within ` +
          `rounds. Strategies whose interval of the ratio includes 1 count as tied, with a regret of 0` +
          `${results.quick ? " (a quick run has no intervals, and so no ties)" : ""}. Aim: at least 95 % within ${percent}.`,
      ),
      table(
        "regret",
        "Regret of every strategy over all chains",
        [
          "strategy",
          `>within ${percent}`,
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

function answer({ variant, chains, close, medianRegret, worst }: Regret): string {
  return (
    `${variantName(variant)} is within ${formatPercent(CLOSE)} of the fastest on ${close} of ${chains.length} chains ` +
    `(${formatPercent(close / chains.length)}); median regret ${formatPercent(medianRegret)}, worst ` +
    `${formatPercent(worst.regret)}${worst.regret === 0 ? "" : ` (${plainText(worst.record.id)})`}.`
  );
}

function missBlocks(results: AnyResults, { variant, chains }: Regret): Block[] {
  const misses = chains.filter(({ regret }) => regret > CLOSE).sort((a, b) => b.regret - a.regret);
  if (misses.length === 0) return [];
  const predictions = timePredictions(results, variant);
  const items = misses.slice(0, MOST_MISSES).map((chain) => ({
    term: plainText(chain.record.id),
    text: `${ratioText(chain)} of ${plainText(chain.fastest)}, which ${missReason(results, variant, chain, predictions)}.`,
  }));
  const more =
    misses.length > items.length
      ? [paragraph(`And ${misses.length - items.length} more, less far off.`)]
      : [];
  return [paragraph("Why it missed, the worst first:"), { kind: "list", items }, ...more];
}

function ratioText({ ratio, interval95 }: ChainRegret): string {
  return `${formatEstimate({ estimate: ratio, interval95 })} times the time`;
}

function predictionBlocks(results: AnyResults, { variant }: Regret): Block[] {
  const predictions = timePredictions(results, variant);
  if (predictions.length === 0) return [];
  const held = predictions.filter((one) => one.held).length;
  const ratios = predictions.map(({ measured, plan }) => measured / plan.seconds);
  return [
    paragraph(
      `Its time was predicted from the calibration: measured / predicted is ${formatFixed(median(ratios))} in the ` +
        `median (${formatFixed(Math.min(...ratios))} to ${formatFixed(Math.max(...ratios))}); ${held} of ` +
        `${predictions.length} times lie in the 95 % interval of their prediction.`,
    ),
  ];
}

/** The regret of the plan by time as a half sentence; null without one. */
export function regretFinding(results: AnyResults): string | null {
  const judged = regrets(results).find(({ variant }) => variant.minimize === "time");
  return judged === undefined ? null : answer(judged).replace(/\.$/, "");
}

/** Where the mixed plan beats both modes, as a half sentence; null where nothing is swept so. */
export function bottleneckFinding(results: AnyResults): string | null {
  const modes = bottleneckSweep(results)?.points.filter(isMode) ?? [];
  return modes.length === 0 ? null : `against both modes ${switchText(modes).replace(/\.$/, "")}`;
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
  const items = groups.map(({ name, own }) => ({ term: `against ${name}`, text: switchText(own) }));
  return {
    id: "bottleneck",
    title: "Bottleneck: where the mixed plan is faster",
    blocks: [
      paragraph(
        `Ratios of time to that of ${variantName(optimal)}, paired within rounds, in brackets 95 % intervals; predicted ` +
          "is the ratio of FMA. Above 1 the mixed plan is faster.",
      ),
      { kind: "list", items },
      table(
        "bottleneck",
        "Time of each strategy over that of the mixed plan, by the swept width",
        ["strategy", ">h", ">FMA ratio", ">time ratio", "chain"],
        points.map(({ variant, width, predicted, measured, interval95, record }) => [
          cell(variantName(variant)),
          cell(formatCount(width), width),
          cell(formatFixed(predicted), predicted),
          cell(formatEstimate({ estimate: measured, interval95 }), measured),
          cell(plainText(record.id)),
        ]),
      ),
    ],
  };
}

function switchText(points: readonly BottleneckPoint[]): string {
  const measured = switchOf(points, (point) => point.measured);
  const predicted = switchOf(points, (point) => point.predicted);
  const narrow = points.filter(({ width }) => width === points[0]!.width);
  const least = (ratioOf: (point: BottleneckPoint) => number): string =>
    formatFixed(Math.min(...narrow.map(ratioOf)));
  const place = ({ width, winsNarrow, winsWide }: typeof measured): string =>
    width !== null
      ? `up to h ≈ ${formatNumber(Number(width.toPrecision(2)))}`
      : winsNarrow && winsWide
        ? "over the whole sweep"
        : "nowhere";
  return (
    `at h = ${points[0]!.width} the plan is ${least((point) => point.measured)} times as fast as the better one ` +
    `(${least((point) => point.predicted)} by FMA); it is ahead ${place(measured)}, by FMA ${place(predicted)}.`
  );
}
