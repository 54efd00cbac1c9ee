/** @file The verdicts in a few lines of at most 80 columns: what a sweep prints at its end. Pure. */

import type { AnyResults } from "./config.ts";
import { choosingCost } from "./laws/choosing.ts";
import { crossover, crossoverText } from "./laws/crossover.ts";
import { type VariantPair, variantPairs } from "./laws/pairs.ts";
import { sentenceText } from "./laws/sentence.ts";
import { type Verdict, verdicts } from "./laws/verdict.ts";
import { lawParts, verdictWords } from "./laws/verdict-words.ts";
import { machineSentences } from "./report/machines-section.ts";
import { choosingSentence, specialFindings } from "./report/verdict-section.ts";
import { COLUMNS, plainText, variantName, wrapText } from "./text.ts";

const NAME_COLUMNS = 40;

/**
 * Says what an experiment found, the verdicts first.
 *
 * @param results - of one experiment
 * @returns lines of at most 80 columns without line ends: for each strategy and kernel its verdict in words and the
 *   exponents with intervals, then the crossovers, there the cost of choosing by n < m, and the A/A check; the report has the rest
 */
export function summarise(results: AnyResults): string[] {
  return [
    ...wrapped(`${plainText(results.experiment)}: ${plainText(results.title)}`, "", "  "),
    ...(results.quick ? ["(quick run: estimates without intervals)"] : []),
    ...verdicts(results)
      .filter(({ variant }) => variant.mode !== null)
      .reduce(groupAlike, [])
      .flatMap(verdictLines),
    ...variantPairs(results).flatMap((pair) => {
      const found = crossover(results, pair);
      const products = crossoverText(found.products);
      const prepared = crossoverText(found.withPreparation);
      const same = prepared === products ? "; the same with preparation" : "";
      return [
        ...wrapped(`crossover ${plainText(pair.name)}: ${products}${same}`, "  ", "    "),
        ...(same === "" ? wrapped(`with preparation: ${prepared}`, "    ", "      ") : []),
        ...(found.products.kind === "found" ? choosingLines(results, pair) : []),
      ];
    }),
    ...machineSentences(results).flatMap((sentence) =>
      wrapped(`machines: ${sentenceText(sentence)}`, "  ", "    "),
    ),
    ...specialFindings(results)
      .filter(({ name }) => name !== "Forecast")
      .flatMap(({ name, sentence }) => wrapped(`${name}: ${sentenceText(sentence)}`, "  ", "    ")),
  ];
}

function choosingLines(results: AnyResults, pair: VariantPair): string[] {
  const choosing = choosingCost(results, pair);
  if (choosing === null) return [];
  return wrapped(sentenceText(choosingSentence(choosing)), "    ", "      ");
}

/** Verdicts of one headline and no measured law are told once, for all of them. */
type VerdictGroup = { readonly verdict: Verdict; readonly names: readonly string[] };

function groupAlike(groups: readonly VerdictGroup[], verdict: Verdict): VerdictGroup[] {
  const name = clip(variantName(verdict.variant), NAME_COLUMNS);
  const last = groups.at(-1);
  const alike =
    last !== undefined &&
    lawParts(verdict).length === 0 &&
    lawParts(last.verdict).length === 0 &&
    verdictWords(last.verdict).headline === verdictWords(verdict).headline;
  if (!alike) return [...groups, { verdict, names: [name] }];
  return [...groups.slice(0, -1), { verdict: last.verdict, names: [...last.names, name] }];
}

function verdictLines({ verdict, names }: VerdictGroup): string[] {
  const { headline, reasons, remedies } = verdictWords(verdict);
  const name = names.join(", ");
  const claim = names.length === 1 ? verdictWords(verdict).claim : null;
  const claimed = claim === null ? "" : `, ${claim}`;
  // The report has all reasons and all that would help; here stand those of a refutation, and the first remedy.
  const told =
    verdict.status === "refuted" ? reasons : verdict.status === "inconclusive" ? remedies.slice(0, 1) : [];
  return [
    ...wrapped(`${name}${claimed}: ${headline}`, "  ", "    "),
    ...lawLines(verdict),
    ...told.flatMap((sentence) => wrapped(sentence, "    ", "    ")),
  ];
}

/** The exponents, never broken inside of one. */
function lawLines(verdict: Verdict): string[] {
  const start = "    t ∝ ";
  const lines: string[] = [];
  let line = start;
  for (const [index, part] of lawParts(verdict).map(sentenceText).entries()) {
    const next = index === 0 ? part : ` · ${part}`;
    if (index > 0 && columnsOf(line) + columnsOf(next) > COLUMNS) {
      lines.push(line);
      line = `${" ".repeat(columnsOf(start) - 2)}· ${part}`;
    } else {
      line += next;
    }
  }
  return line === start ? lines : [...lines, line];
}

function wrapped(text: string, first: string, rest: string): string[] {
  return wrapText(text, COLUMNS - Math.max(first.length, rest.length)).flatMap((line, index) => {
    const indent = index === 0 ? first : rest;
    return [indent + clip(line, COLUMNS - indent.length)];
  });
}

/** Cuts a text at a number of terminal columns, with an ellipsis. */
function clip(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let kept = "";
  for (const character of text) {
    if (columnsOf(kept + character) > columns - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Terminal columns: two for East Asian wide characters and emoji, none for combining marks. */
function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (/\p{Mark}|\u200d/u.test(character)) continue;
    columns += WIDE.test(character) ? 2 : 1;
  }
  return columns;
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
