/** @file The first screen of a report in words and numbers: one sentence of answer, one table; the rest is folded. Pure. */

import { chartById, DEFAULT_CHARTS } from "../charts/index.ts";
import type { AnyResults } from "../config.ts";
import { aaCheck } from "../laws/aa.ts";
import { crossover, crossoverSentence } from "../laws/crossover.ts";
import { variantPairs } from "../laws/pairs.ts";
import {
  count,
  finished,
  joined,
  listing,
  quoted,
  type Sentence,
  says,
  stating,
  term,
} from "../laws/sentence.ts";
import { type VerdictStatus, verdicts } from "../laws/verdict.ts";
import { verdictSentences } from "../laws/verdict-words.ts";
import { variantName } from "../text.ts";
import { type Block, cell, paragraph, type Section, type Table, table } from "./blocks.ts";
import { chartWords } from "./chart-words.ts";
import { type ReportVerdict, specialFindings } from "./verdict-section.ts";

/** Sections whose table answers better than the exponents do, the first that is there: of experiments, of frameworks. */
const ANSWERING_SECTIONS = ["regret", "bottleneck", "cheap-gradient"];
const ANSWERING_PEER_SECTIONS = ["plan", "crossover"];

/** A longer table is no glance, and stays where it is. */
const MOST_ROWS = 20;

/** A table of so few rows leaves room for the chart below it on a first screen. */
const FEW_ROWS = 6;

/** With more claims the sentence counts them. */
const MOST_CLAIMS = 3;

/**
 * The answer as one sentence: what an experiment of a special kind found, else the verdicts with the crossover, else
 * what its first chart found.
 *
 * @param results - of one experiment
 * @returns a sentence with its full stop
 */
export function answerSentence(results: AnyResults): Sentence {
  const special = specialFindings(results).find(({ name }) => name !== "Forecast");
  return finished(
    special?.sentence ?? verdictsPart(results) ?? chartFinding(results) ?? says`nothing was decided`,
  );
}

/** What the first screen is made of. */
export type Answer = {
  /** See {@link answerSentence}. */
  readonly answer: Sentence;
  /** What was asked, and how to read the numbers. */
  readonly question: Sentence;
  readonly verdicts: readonly ReportVerdict[];
};

/** True where the design let a law be fitted, decided or not. */
function isJudged({ status, claim, law }: ReportVerdict): boolean {
  return claim !== null && status !== "none" && law !== null;
}

function verdictsPart(results: AnyResults): Sentence | null {
  const judged = verdicts(results).flatMap((verdict) => {
    const { claim, law, headline } = verdictSentences(verdict);
    if (claim === null || law === null || verdict.status === "none") return [];
    return [{ name: variantName(verdict.variant), status: verdict.status, claim, headline }];
  });
  if (judged.length === 0) return null;
  if (judged.length > MOST_CLAIMS) return countedClaims(judged.map(({ status }) => status));
  const pairs = variantPairs(results);
  const found = pairs.length === 1 ? crossover(results, pairs[0]!).products : null;
  const side = found?.kind === "found" && found.reverseAbove ? says`above` : says`below`;
  const crossing =
    found?.kind === "found"
      ? [says`reverse is ${stating(found.direction, "faster")} ${side} ${crossoverSentence(found)}`]
      : [];
  const claims = judged.map(
    ({ name, claim, headline }) => says`${term(name)}, ${claim}: ${firstPart(headline)}`,
  );
  return joined([...claims, ...crossing], "; ");
}

/** `of 8 claims 3 are confirmed as far as they were tested, 1 is refuted and 4 are inconclusive`. */
function countedClaims(statuses: readonly VerdictStatus[]): Sentence {
  const parts = (["confirmed", "refuted", "inconclusive"] as const).flatMap((status) => {
    const found = statuses.filter((one) => one === status).length;
    if (found === 0) return [];
    const extent =
      status !== "confirmed"
        ? says``
        : found === 1
          ? says` as far as it was tested`
          : says` as far as they were tested`;
    return [says`${count(found)} ${term(found === 1 ? "is" : "are")} ${term(status)}${extent}`];
  });
  return says`of ${count(statuses.length)} claims ${listing(parts)}`;
}

/** The pieces of a headline up to its first semicolon: the verdict and the first thing that is said of it. */
function firstPart(headline: Sentence): Sentence {
  const at = headline.findIndex((piece) => typeof piece === "string" && piece.includes("; "));
  if (at === -1) return headline;
  return [...headline.slice(0, at), (headline[at] as string).split("; ")[0]!];
}

function chartFinding(results: AnyResults): Sentence | null {
  const [first] = (results.config.report?.charts ?? DEFAULT_CHARTS)
    .map(chartById)
    .filter((chart) => chart.wants(results) === null);
  return first === undefined ? null : [quoted(chartWords(first.draw(results), first.title).finding)];
}

/**
 * Puts the answer first: the sentence, the first chart and one table, which is taken from its section where it stands in
 * one; then what was asked and found in words, the other charts, and all else. What is long is folded.
 *
 * @param results - of one experiment
 * @param answer - the sentence, what was asked, and the verdicts
 * @param sections - all else, in order
 */
export function arranged(
  results: AnyResults,
  { answer, question, verdicts: judged }: Answer,
  sections: readonly (Section | null)[],
): Section[] {
  const present = sections.filter(
    (section): section is Section => section !== null && section.blocks.length > 0,
  );
  const shown = answerTable(results, judged, present);
  const chart: Block = { kind: "charts", which: "first" };
  const seen = shown === null ? [chart] : shown.rows.length <= FEW_ROWS ? [shown, chart] : [chart, shown];
  const words: Block[] = [paragraph(question), { kind: "verdicts" }];
  const rest = present
    .map((section) => ({ ...section, blocks: section.blocks.filter((block) => block !== shown) }))
    .filter(({ blocks }) => blocks.length > 0);
  return [
    { id: "answer", title: "The answer", blocks: [paragraph(answer), ...seen] },
    folded({ id: "findings", title: "The question, and all that was found, in words", blocks: words }),
    { id: "charts", title: "Charts", blocks: [{ kind: "charts", which: "others" }] },
    ...rest.map(folded),
  ];
}

function answerTable(
  results: AnyResults,
  verdicts: readonly ReportVerdict[],
  sections: readonly Section[],
): Table | null {
  const tableOf = (id: string): Table[] => {
    const section = sections.find((one) => one.id === id);
    return section?.blocks.filter((block) => block.kind === "table").slice(0, 1) ?? [];
  };
  const special = results.peers ? ANSWERING_PEER_SECTIONS : ANSWERING_SECTIONS;
  // Costs and times answer where the design asks of no law; a repetition of one strategy asks of neither.
  const isOther = !results.peers && !verdicts.some(isJudged) && aaCheck(results) === null;
  const candidates = [
    ...special.flatMap(tableOf),
    ...verdictTable(verdicts),
    ...(isOther ? tableOf("cost") : []),
  ];
  return candidates.find(({ rows }) => rows.length <= MOST_ROWS) ?? null;
}

/** Claim, verdict and measured law of each variant; none where no law was fitted. */
function verdictTable(verdicts: readonly ReportVerdict[]): Table[] {
  const rows = verdicts
    .filter(isJudged)
    .map((one) => [
      cell(one.name),
      cell(one.claim!),
      cell(one.status === "confirmed" ? one.headline.split("; ")[0]! : one.status),
      cell(one.law!),
    ]);
  return rows.length === 0
    ? []
    : [
        table(
          "answer",
          "What is claimed, and what was measured",
          ["variant", "claimed", "verdict", "measured"],
          rows,
        ),
      ];
}

/** A section that is opened by a click, unless it is short: a few sentences alone. */
function folded(section: Section): Section {
  const isShort = section.blocks.every(({ kind }) => kind === "paragraph" || kind === "note");
  return isShort ? section : { ...section, folded: true };
}
