/** @file What reports state: relations agree with intervals, nothing excludes anything, every number has its object. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ENGLISH } from "../../analysis/charts/english.ts";
import { CHARTS } from "../../analysis/charts/index.ts";
import type { AnyResults } from "../../analysis/config.ts";
import { statedNumbers } from "../../analysis/embed/numbers.ts";
import { sentenceText } from "../../analysis/laws/sentence.ts";
import { type Comparison, contradictions } from "../../analysis/laws/statement.ts";
import type { Block, RichText } from "../../analysis/report/blocks.ts";
import { reportContent } from "../../analysis/report/content.ts";
import { answerSentences, reportStatements } from "../../analysis/report/statements.ts";
import { summarise } from "../../analysis/summary.ts";
import { CHART_RESULTS } from "../support/chart-results.ts";
import { REPOSITORY } from "../support/run-command.ts";
import { sourceFiles } from "../support/source-files.ts";

const committed = readdirSync(join(REPOSITORY, "reports"))
  .map((name) => [name, join(REPOSITORY, "reports", name, "results.json")] as const)
  .filter(([, file]) => existsSync(file))
  .map(([name, file]) => [name, JSON.parse(readFileSync(file, "utf8")) as AnyResults] as const);
const everything: (readonly [string, AnyResults])[] = [...committed, ...Object.entries(CHART_RESULTS)];
const DIGIT = /\d/;

/** Texts of paragraphs, notes, lists and paragraphs to copy. */
function prose(block: Block): RichText[] {
  if (block.kind === "paragraph" || block.kind === "note" || block.kind === "copy") return [block.text];
  return block.kind === "list" ? block.items.map(({ text }) => text) : [];
}

/** Words of a text that no object stands behind. */
function bareWords(text: RichText): string[] {
  if (typeof text === "string") return [text];
  return text.flatMap((span) =>
    typeof span === "string" ? [span] : span.kind === "strong" ? [span.text] : [],
  );
}

it("there are committed reports to check", () => {
  expect(committed.length).toBeGreaterThanOrEqual(12);
});

describe.each(everything)("the report of %s", (_, results) => {
  const ids = CHARTS.map(({ id }) => id);
  const statements = reportStatements(results, ids);

  it("has relations that agree with their intervals", () => {
    for (const one of statements.filter(({ kind }) => kind === "comparison") as Comparison[]) {
      const { value, reference, tolerance, relation } = one;
      const [low, high] = value.interval95 ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
      const right = {
        above: low > reference + tolerance,
        below: high < reference - tolerance,
        within: low >= reference - tolerance && high <= reference + tolerance,
        undecided: !(low > reference + tolerance) && !(high < reference - tolerance),
      };
      expect(right[relation], JSON.stringify(one)).toBe(true);
      if (value.interval95 === null) expect(relation).toBe("undecided");
    }
  });

  it("states nothing that excludes anything else it states", () => {
    expect(contradictions(statements)).toEqual([]);
  });

  it("has no number in its prose that comes from no object", () => {
    const content = reportContent(results);
    // What is told in print is told by these sentences.
    const told = answerSentences(results);
    const printed = told.map(sentenceText);
    for (const sentence of told) for (const word of bareWords(sentence)) expect(word).not.toMatch(DIGIT);
    for (const { claim, law, headline, reasons, remedies } of content.verdicts) {
      for (const text of [claim, law, headline, ...reasons, ...remedies]) {
        if (text !== null) expect(printed).toContain(text);
      }
    }
    for (const { text } of content.findings) expect(printed).toContain(text);
    for (const section of content.sections) {
      for (const text of section.blocks.flatMap(prose)) {
        for (const word of bareWords(text)) expect(word, section.id).not.toMatch(DIGIT);
      }
    }
  });
});

it("the lines at the end of a sweep are the report's sentences in print", () => {
  const results = committed.find(([name]) => name === "kernels")![1];
  const plain = (text: string): string => text.replace(/\s+/g, " ");
  const text = plain(summarise(results).join(" "));
  for (const { headline } of reportContent(results).verdicts) expect(text).toContain(plain(headline));
});

/** The literal parts of the template that begins at a backtick, those of templates inside of its places too. */
function literalsAt(source: string, start: number, own: string[]): number {
  let [word, place] = ["", start + 1];
  while (source[place] !== "`") {
    if (source[place] === "$" && source[place + 1] === "{") {
      own.push(word);
      word = "";
      let depth = 1;
      for (place += 2; depth > 0; place++) {
        if (source[place] === "`") place = literalsAt(source, place, []);
        else if (source[place] === "{") depth += 1;
        else if (source[place] === "}") depth -= 1;
      }
    } else {
      word += source[place];
      place += 1;
    }
  }
  own.push(word);
  return place;
}

it("sentences hold no digits in their words, wherever they are written", () => {
  const wrong: string[] = [];
  let seen = 0;
  for (const { path, lines } of sourceFiles("analysis")) {
    const source = lines.join("\n");
    for (const { index } of source.matchAll(/(?<=\bsays)`/g)) {
      if (/^\s*(\*|\/\/)/.test(source.slice(source.lastIndexOf("\n", index) + 1, index))) continue;
      const words: string[] = [];
      literalsAt(source, index, words);
      seen += 1;
      for (const word of words) if (DIGIT.test(word)) wrong.push(`${path}: ${word}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(seen).toBeGreaterThan(100);
});

it("analysis/README.md gives the crossover of the committed report", () => {
  const readme = readFileSync(join(REPOSITORY, "analysis/README.md"), "utf8");
  const [, printed] = readme.match(/"crossoverTyped"\)\?\.text; \/\/ "([\d.]+)" for reports\/scaling/)!;
  const [, results] = committed.find(([name]) => name === "scaling")!;
  const { value } = statedNumbers(results).find(({ name }) => name === "crossoverTyped")!;
  expect(value!.toFixed(printed!.split(".")[1]!.length)).toBe(printed);
});

it("findings of charts hold no digits in their words: numbers come from quantities", () => {
  const sources = sourceFiles("analysis/charts").filter(({ path }) => !path.endsWith("english.ts"));
  const text = sources.map(({ lines }) => lines.join("\n")).join("\n");
  const said = new Set([...text.matchAll(/\bsay\(\s*"(\w+)"/g)].map(([, key]) => key));
  // Told, or chosen by the numbers to be told.
  const told = Object.entries(ENGLISH).filter(([key]) => !said.has(key) && text.includes(`"${key}"`));
  expect(told.length).toBeGreaterThan(60);
  for (const [key, words] of told) expect(words.replace(/\{\w+\}/g, ""), key).not.toMatch(DIGIT);
});
