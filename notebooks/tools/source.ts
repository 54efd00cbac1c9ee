/** @file Reads a lesson's source: Markdown in which fences of TypeScript are cells and containers are exercises. Pure. */

import { JacobenchError } from "../../src/errors.ts";

/** Flags of a code cell, in the words after `ts`. */
export const CELL_FLAGS = ["solution", "stub", "timing", "throws"] as const;

/** A word after `ts`. */
export type CellFlag = (typeof CELL_FLAGS)[number];

/** Containers of a source. */
export type ContainerKind = "exercise" | "solution";

/** A piece of a lesson that becomes one cell. */
export type Block =
  | {
      readonly kind: "markdown";
      /** Line of the source where the text begins, from 1. */
      readonly line: number;
      readonly text: string;
    }
  | {
      readonly kind: ContainerKind;
      readonly line: number;
      /** What follows the container's name; empty if nothing does. */
      readonly title: string;
      readonly text: string;
    }
  | {
      readonly kind: "code";
      /** Line of the first line of code. */
      readonly line: number;
      readonly text: string;
      readonly flags: readonly CellFlag[];
    };

/** A lesson as its source says it. */
export type Lesson = {
  /** `NN-name`, as in all files that are made from it. */
  readonly name: string;
  readonly title: string;
  readonly blocks: readonly Block[];
};

/** Who a version is for. */
export type Version = "teacher" | "student";

type OpenFence = {
  readonly marker: string;
  readonly line: number;
  readonly flags: readonly CellFlag[] | null;
};
type OpenContainer = { readonly kind: ContainerKind; readonly title: string; readonly line: number };

const FENCE = /^(`{3,}|~{3,})\s*(.*)$/;
const CONTAINER = /^:::\{(\w+)\}\s*(.*)$/;

/**
 * Reads a source.
 *
 * @param name - `NN-name`
 * @param text - of the file
 * @returns its blocks in order
 * @throws {JacobenchError} `ERR_CONFIG` with the line, if a fence or container is not closed or not known, or a title is missing
 */
export function parseLesson(name: string, text: string): Lesson {
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  const fail = (line: number, message: string): never => {
    throw new JacobenchError("ERR_CONFIG", `${sourcePath(name)}:${line}: ${message}`);
  };
  const title = /^# (\S.*)$/.exec(lines[0] ?? "")?.[1];
  if (title === undefined) fail(1, `the line is "${lines[0]}"; expected "# " and the lesson's title`);

  const blocks: Block[] = [];
  let gathered: string[] = [];
  let first = 1;
  let fence: OpenFence | null = null;
  let container: OpenContainer | null = null;

  const flush = (next: number): void => {
    const blank = gathered.findIndex((line) => line.trim() !== "");
    const body = gathered.join("\n").trim();
    if (container !== null) {
      const { kind, title: heading, line } = container;
      if (body === "") fail(line, `the ${kind} is empty`);
      blocks.push({ kind, line, title: heading, text: body });
    } else if (body !== "") {
      blocks.push({ kind: "markdown", line: first + blank, text: body });
    }
    gathered = [];
    first = next;
  };

  for (const [index, line] of lines.entries()) {
    const at = index + 1;
    if (fence !== null) {
      const closes = line.trimEnd().length >= fence.marker.length && /^(`+|~+)\s*$/.test(line);
      if (!closes || !line.startsWith(fence.marker)) {
        gathered.push(line);
      } else if (fence.flags === null) {
        gathered.push(line);
        fence = null;
      } else {
        const code = gathered.join("\n").trimEnd();
        if (code.trim() === "") fail(fence.line, "the code cell is empty");
        blocks.push({ kind: "code", line: fence.line + 1, text: code, flags: fence.flags });
        gathered = [];
        first = at + 1;
        fence = null;
      }
      continue;
    }
    const opened = FENCE.exec(line);
    if (opened !== null) {
      const [language, ...words] = opened[2]!.trim().split(/\s+/);
      if (language !== "ts") {
        fence = { marker: opened[1]!, line: at, flags: null };
        gathered.push(line);
        continue;
      }
      if (container !== null) {
        fail(
          at,
          `a code cell begins inside of the ${container.kind} of line ${container.line}; expected ":::" before it (code to read is \`\`\`typescript)`,
        );
      }
      const flags = words.map((word) => {
        const flag = CELL_FLAGS.find((known) => known === word);
        return flag ?? fail(at, `the cell has the flag "${word}"; expected one of ${CELL_FLAGS.join(", ")}`);
      });
      if (flags.includes("solution") && flags.includes("stub"))
        fail(at, "the cell is a solution and a stub; expected one of them");
      flush(at);
      fence = { marker: opened[1]!, line: at, flags };
      continue;
    }
    if (/^:::\s*$/.test(line)) {
      if (container === null)
        fail(at, '":::" closes nothing; expected ":::{exercise}" or ":::{solution}" before it');
      flush(at + 1);
      container = null;
      continue;
    }
    const begun = CONTAINER.exec(line);
    if (begun !== null) {
      const kind = begun[1]!;
      if (kind !== "exercise" && kind !== "solution")
        fail(at, `the container is "${kind}"; expected exercise or solution`);
      if (container !== null)
        fail(at, `the ${container.kind} of line ${container.line} is still open; expected ":::"`);
      flush(at + 1);
      container = { kind: kind as ContainerKind, title: begun[2]!.trim(), line: at };
      continue;
    }
    if (line.trim() === "+++") {
      if (container !== null)
        fail(at, `"+++" stands inside of the ${container.kind} of line ${container.line}`);
      flush(at + 1);
      continue;
    }
    if (at > 1 && /^# \S/.test(line)) fail(at, "there is a second title; expected headings from ## on");
    gathered.push(line);
  }
  if (fence !== null) fail(fence.line, "the fence is not closed");
  if (container !== null) fail(container.line, `the ${container.kind} is not closed; expected ":::"`);
  flush(lines.length + 1);
  return { name, title: title!, blocks };
}

/**
 * The blocks of a version.
 *
 * @param lesson - from {@link parseLesson}
 * @param version - solutions are the teacher's, stubs the student's
 */
export function blocksOf(lesson: Lesson, version: Version): Block[] {
  return lesson.blocks.filter((block) => {
    if (block.kind === "solution") return version === "teacher";
    if (block.kind !== "code") return true;
    if (block.flags.includes("solution")) return version === "teacher";
    return !block.flags.includes("stub") || version === "student";
  });
}

/**
 * The source's path from the top of the repository, for messages that can be clicked.
 *
 * @param name - of a lesson
 */
export function sourcePath(name: string): string {
  return `notebooks/source/${name}.md`;
}
