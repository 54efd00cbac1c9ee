/** @file Chart: what each strategy costs on one chain, as bars: counted FMA and measured time. */

import type { TopLevelSpec } from "vega-lite";
import type { VariantRecord } from "../../src/results/types.ts";
import { conventionOf } from "../../src/strategies/convention.ts";
import type { AnyResults } from "../config.ts";
import { groupBy } from "../grouping.ts";
import { type CaseSummary, caseSummaries } from "../laws/case-interval.ts";
import { type Ranking, rankingOf } from "../laws/fastest.ts";
import {
  count,
  type Filled,
  joined,
  listing,
  number,
  type Sentence,
  type Term,
  term,
} from "../laws/sentence.ts";
import { formatCount, formatSeconds } from "../text.ts";
import { xTitle } from "./axes.ts";
import { timedFma } from "./counted.ts";
import { type FrameText, frame } from "./frame.ts";
import { type ChartOptions, type Look, lookOf, panelSize } from "./look.ts";
import { significant } from "./numbers.ts";
import { type Palette, paletteOf, seriesFields } from "./palette.ts";

/** More of the fastest than this are counted, not named. */
const MOST_LEADERS = 3;

/**
 * The summaries of one case: that of most variants, among those the one of middle Σ, so that neither a tiny nor a huge
 * chain stands for all.
 */
export function costSummaries(results: AnyResults): CaseSummary[] {
  const groups = [...groupBy(caseSummaries(results), ({ record }) => record.id).values()];
  const most = Math.max(0, ...groups.map((group) => group.length));
  const full = groups
    .filter((group) => group.length === most)
    .sort((a, b) => a[0]!.record.sigma - b[0]!.record.sigma || a[0]!.record.n - b[0]!.record.n);
  return most < 2 ? [] : full[Math.floor(full.length / 2)]!;
}

/**
 * Draws the FMA inside of the clock and the seconds of every variant on one chain, from zero.
 *
 * @param results - with a case that at least two variants were measured on
 * @param options - size, theme, words
 * @returns a Vega-Lite spec with its data inside: two plots with common rows
 */
export function cost(results: AnyResults, options?: ChartOptions): TopLevelSpec {
  const look = lookOf(options);
  const { say, measure } = look;
  const palette = paletteOf(results.variants, look);
  const summaries = costSummaries(results);
  const values = summaries.map((summary) => barOf(summary, palette));
  const order = [...values].sort((a, b) => a.fma - b.fma).map(({ variant }) => variant);
  const stacked = look.size === "column";
  const longest = Math.max(...order.map((name) => [...name].length));
  const size = panelSize(
    look,
    { width: 260, height: Math.max(80, 34 * order.length) },
    stacked
      ? { columns: 1, rows: 2, axesWidth: 7.2 * longest + 20, axesHeight: 0 }
      : { columns: 2, rows: 1, axesWidth: 7.6 * longest + 85, axesHeight: 60 },
  );
  const height = stacked ? 20 * order.length : Math.min(size.height, 110 * order.length);
  const seconds = Math.max(...values.map(({ high }) => high));
  const fma = Math.max(...values.map((value) => value.fma));
  const panel = (first: boolean) => {
    const field = first ? "fma" : "seconds";
    const domain = [0, significant(1.35 * (first ? fma : seconds))];
    const unit = first ? "" : " + 's'";
    const x = {
      field,
      type: "quantitative" as const,
      title: first ? xTitle(look, say("costFmaAxis")) : xTitle(look, say("timeAxis")),
      scale: { domain, nice: false },
      axis: { format: "~s", tickCount: 4, labelExpr: `datum.value === 0 ? "0" : datum.label${unit}` },
    };
    const y = {
      field: "variant",
      type: "nominal" as const,
      sort: order,
      title: null,
      ...(first || stacked ? {} : { axis: null }),
    };
    return {
      width: size.width,
      height,
      layer: [
        {
          mark: { type: "bar" as const, height: { band: 0.68 } },
          encoding: {
            x: { ...x, stack: null },
            y,
            color: barColour(values, palette),
            tooltip: [
              { field: "variant", type: "nominal" as const, title: say("strategyKernel") },
              { field: "fmaText", type: "nominal" as const, title: say("fma") },
              { field: "secondsText", type: "nominal" as const, title: say("time") },
            ],
          },
        },
        ...(first
          ? []
          : [
              {
                mark: { type: "rule" as const, color: look.ink.text, strokeWidth: 1.5 * measure.mark },
                encoding: { x: { ...x, field: "low" }, x2: { field: "high" }, y },
              },
            ]),
        {
          mark: {
            type: "text" as const,
            align: "left" as const,
            dx: 6,
            color: look.ink.text,
            fontSize: measure.label,
          },
          encoding: {
            x: first ? x : { ...x, field: "high" },
            y,
            text: { field: first ? "fmaText" : "secondsText", type: "nominal" as const },
          },
        },
      ],
    };
  };
  return {
    ...frame(results, look, {
      ...finding(results, summaries, palette, look),
      notes: [
        [
          say("costNote", { case: widthsText(summaries[0]!) }),
          ...(summaries.some(({ interval95 }) => interval95 !== null) ? [say("costInterval")] : []),
        ].join("; "),
      ],
    }),
    data: { values },
    spacing: stacked ? 8 : 24,
    ...(stacked ? { vconcat: [panel(true), panel(false)] } : { hconcat: [panel(true), panel(false)] }),
  } as TopLevelSpec;
}

function barOf(summary: CaseSummary, palette: Palette) {
  const [low, high] = summary.interval95 ?? [summary.seconds, summary.seconds];
  return {
    ...seriesFields(palette.of(summary.variant.label)),
    fma: timedFma(summary),
    fmaText: formatCount(timedFma(summary)),
    seconds: significant(summary.seconds),
    low: significant(low),
    high: significant(high),
    secondsText: formatSeconds(summary.seconds),
  };
}

/** Bars are named on the axis, so colour needs no legend. */
function barColour(values: readonly { readonly series: number }[], palette: Palette) {
  const [first, ...others] = values.map(({ series }) => palette.series[series]!);
  return {
    condition: others.map(({ series, colour }) => ({ test: `datum.series === ${series}`, value: colour })),
    value: first!.colour,
  };
}

function widthsText({ record }: CaseSummary): string {
  return record.widths.join("-");
}

/** What a chart says of each convention by itself: costs are compared within one alone. */
function finding(
  results: AnyResults,
  summaries: readonly CaseSummary[],
  palette: Palette,
  look: Look,
): Pick<FrameText, "finding" | "states"> {
  const groups = [...groupBy(summaries, ({ variant }) => conventionOf(variant))];
  const compared = groups.filter(([, own]) => own.length > 1);
  const found = compared.map(([convention, own]) => {
    const ranking = rankingOf(results, own);
    const text = rankingText(ranking, own, palette, look);
    const name = look.say(convention === "given" ? "conventionGiven" : "conventionFree");
    return {
      text:
        groups.length === 1 ? text : look.tell("costConvention", { convention: term(name), finding: text }),
      states: ranking.others.map(({ statement }) => statement),
    };
  });
  return {
    finding:
      found.length === 0
        ? look.tell("costAlone")
        : joined(
            found.map(({ text }) => text),
            "; ",
          ),
    states: found.flatMap(({ states }) => states),
  };
}

/** The fastest, how many times as long the slowest takes, and whether the count says the same. */
function rankingText(
  { first, others, leaders }: Ranking,
  summaries: readonly CaseSummary[],
  palette: Palette,
  { tell }: Look,
): Sentence {
  const name = ({ label }: VariantRecord): Term => term(palette.of(label).variant);
  const slowest = others.reduce((a, b) => (b.statement.value.estimate > a.statement.value.estimate ? b : a));
  const values = {
    fastest: name(first.variant),
    slowest: name(slowest.summary.variant),
    times: number(slowest.statement.value.estimate),
  };
  if (others.every(({ statement }) => statement.value.interval95 === null)) return tell("costQuick", values);
  if (slowest.statement.relation !== "above") return tell("costEqual", values);
  if (leaders.length > 1) {
    const names = leaders.map(name);
    const shown: readonly Filled[] =
      names.length > MOST_LEADERS ? [names[0]!, tell("costMore", { count: count(names.length - 1) })] : names;
    return tell("costTied", { ...values, leaders: listing(shown) });
  }
  if (summaries.every((summary) => timedFma(summary) === timedFma(first))) return tell("costSame", values);
  const fewest = summaries.reduce((a, b) => (timedFma(b) < timedFma(a) ? b : a));
  return timedFma(fewest) === timedFma(first)
    ? tell("costAgree", values)
    : tell("costDisagree", { ...values, fewest: name(fewest.variant) });
}
