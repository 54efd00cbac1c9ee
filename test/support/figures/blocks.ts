/** @file Blocks of a page that a command or a function prints: found, made again, and compared or replaced. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sweepAnswer } from "../../../src/cli/run-sweep.ts";
import { REPOSITORY, runJacobench } from "../run-command.ts";
import { committedResults } from "./sources.ts";
import type { Span } from "./text.ts";

/** A block that can be made again. */
export type PrintedBlock = {
  /** The command, or whose answer it is. */
  readonly name: string;
  /** Of what stands between the fences, the command's own line left out. */
  readonly span: Span;
  /** Prints it anew. */
  readonly print: () => Promise<string>;
};

const RUN = "npm run -s jacobench -- ";

/** Commands whose output is another on each machine or in each run. */
const MEASURING = ["sweep", "time", "peers", "calibrate", "env"];

/**
 * Finds the printed blocks of a page: output under a line `$ npm run -s jacobench -- …`, the end of a sweep (its last line
 * names the report), and the snippet that follows a command `embed`.
 *
 * @param text - of a page
 * @throws {Error} where a block shows the output of a command that measures: nothing could check it
 */
export function printedBlocks(text: string): PrintedBlock[] {
  let embed: string | null = null;
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/dgms)].flatMap((match): PrintedBlock[] => {
    const [language, body] = [match[1]!, match[2]!];
    const [start, end] = match.indices![2]!;
    const command = body.match(/^\$ npm run -s jacobench -- (.*)\n/);
    const report = body.match(/^Report: reports\/([\w-]+)\/index\.md\n$/m);
    if (language === "text" && command !== null) {
      const span = { start: start + command[0].length, end };
      return [{ name: RUN + command[1]!, span, print: () => outputOf(command[1]!) }];
    }
    if (language === "text" && report !== null) {
      const print = async (): Promise<string> =>
        `${sweepAnswer(committedResults(report[1]!), `reports/${report[1]}/index.md`)}\n`;
      return [{ name: `the answer of ${report[1]}`, span: { start, end }, print }];
    }
    if (language === "sh") embed = body.match(/^npm run -s jacobench -- (embed .*)$/m)?.[1] ?? null;
    if (language !== "markdown" || embed === null) return [];
    const snippet = embed;
    return [{ name: RUN + snippet, span: { start, end }, print: () => outputOf(snippet) }];
  });
}

/** Runs a command in the checkout; what it would write beside a page goes into a folder of its own. */
async function outputOf(line: string): Promise<string> {
  const words = line.split(" ");
  if (MEASURING.includes(words[0]!))
    throw new Error(
      `${RUN}${line}: its output is measured, so no test can compare it; leave the block out of the page`,
    );
  const folder = mkdtempSync(join(tmpdir(), "jacobench-readme-"));
  try {
    const args = words.map((word, i) => (words[i - 1] === "--into" ? folder : word));
    const { code, stdout, stderr } = await runJacobench(args, { cwd: REPOSITORY });
    if (code !== 0) throw new Error(`${RUN}${line}: ended with ${code}: ${stderr}`);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A line that stands for left-out ones. */
const ELLIPSIS = "…";

/**
 * Whether a block shows a text: all its lines in order, a line `…` standing for any number of left-out ones.
 *
 * @param block - as it stands in a page
 * @param printed - all that is printed
 */
export function shows(block: string, printed: string): boolean {
  const lines = linesOf(printed);
  const pieces: string[][] = [[]];
  for (const line of linesOf(block)) {
    if (line === ELLIPSIS) pieces.push([]);
    else pieces.at(-1)!.push(line);
  }
  const standsAt = (piece: readonly string[], at: number): boolean =>
    piece.every((line, i) => lines[at + i] === line);
  const first = pieces[0]!;
  if (pieces.length === 1) return lines.length === first.length && standsAt(first, 0);
  const last = pieces.at(-1)!;
  let next = first.length;
  for (const piece of pieces.slice(1, -1)) {
    while (next + piece.length <= lines.length && !standsAt(piece, next)) next++;
    next += piece.length;
  }
  const end = lines.length - last.length;
  return standsAt(first, 0) && next <= end && standsAt(last, end);
}

/**
 * Brings a block up to date and leaves out again what it left out.
 *
 * Up to the first `…` as many lines are kept as there were, or up to the one that begins with the same word as the last
 * of them; behind it, those from the one that begins with the same word as the first of the old ones.
 *
 * @param block - as it stands in a page
 * @param printed - all that is printed now
 * @returns the new block
 */
export function abridged(block: string, printed: string): string {
  const now = linesOf(printed);
  const old = linesOf(block);
  const cut = old.indexOf(ELLIPSIS);
  if (cut < 0) return `${now.join("\n")}\n`;
  const [head, tail] = [old.slice(0, cut), old.slice(cut + 1)];
  const last = anchor(now, head.at(-1));
  const kept = now.slice(0, last < 0 ? head.length : last + 1);
  const rest = now.slice(kept.length);
  const first = anchor(rest, tail[0]);
  const end = tail.length === 0 ? [] : rest.slice(first < 0 ? -tail.length : first).slice(0, tail.length);
  return `${[...kept, ELLIPSIS, ...end].join("\n")}\n`;
}

function anchor(lines: readonly string[], like: string | undefined): number {
  const word = like?.trim().split(/\s/)[0];
  return word ? lines.findIndex((line) => line.trim().split(/\s/)[0] === word) : -1;
}

/** Without spaces at the ends of lines, nor empty lines at the end. */
function linesOf(text: string): string[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => line.trimEnd());
}
