/** @file Notebooks in the format of Jupyter (nbformat 4.5): their types, how they are made from a lesson, how they are written. */

import { createHash } from "node:crypto";
import { type Block, blocksOf, type Lesson, type Version } from "./source.ts";

/** An output of a code cell. */
export type Output =
  | { readonly output_type: "stream"; readonly name: "stdout" | "stderr"; readonly text: string }
  | {
      readonly output_type: "display_data" | "execute_result";
      readonly data: Readonly<Record<string, unknown>>;
      readonly metadata: Readonly<Record<string, unknown>>;
      readonly execution_count?: number | null;
    }
  | {
      readonly output_type: "error";
      readonly ename: string;
      readonly evalue: string;
      readonly traceback: readonly string[];
    };

/** What is known of a cell beside its text. */
export type CellMetadata = {
  readonly tags?: readonly string[];
  readonly jupyter?: { readonly source_hidden: true };
};

/** A cell of Markdown. */
export type MarkdownCell = {
  readonly cell_type: "markdown";
  readonly id: string;
  readonly metadata: CellMetadata;
  readonly source: string;
};

/** A cell of TypeScript. */
export type CodeCell = {
  readonly cell_type: "code";
  readonly id: string;
  readonly metadata: CellMetadata;
  readonly source: string;
  readonly execution_count: number | null;
  readonly outputs: readonly Output[];
};

/** A cell. */
export type Cell = MarkdownCell | CodeCell;

/** A notebook; texts are whole here, in files they are lists of lines. */
export type Notebook = {
  readonly cells: readonly Cell[];
  readonly metadata: {
    readonly jacobench: { readonly lesson: string; readonly version: Version };
    readonly kernelspec: Readonly<Record<string, string>>;
    readonly language_info: Readonly<Record<string, string>>;
    readonly title: string;
  };
  readonly nbformat: 4;
  readonly nbformat_minor: 5;
};

/** The kernel: the name under which `deno jupyter --install` would install it too. */
export const KERNEL_NAME = "deno";

const TAGS = { solution: "solution", timing: "timing", throws: "raises-exception", stub: "stub" } as const;

/**
 * Makes a notebook that has not been run.
 *
 * @param lesson - from its source
 * @param version - for whom
 * @returns the same bytes for the same lesson: a cell's id comes from what stands in it
 */
export function notebookOf(lesson: Lesson, version: Version): Notebook {
  const used = new Map<string, number>();
  return {
    cells: blocksOf(lesson, version).map((block) => cellOf(block, used)),
    metadata: {
      jacobench: { lesson: lesson.name, version },
      kernelspec: { display_name: "Deno", language: "typescript", name: KERNEL_NAME },
      language_info: {
        codemirror_mode: "typescript",
        file_extension: ".ts",
        mimetype: "text/x.typescript",
        name: "typescript",
        nbconvert_exporter: "script",
        pygments_lexer: "typescript",
      },
      title: lesson.title,
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** A notebook's code cells with the lines of the source where they begin, in order. */
export function codeLines(lesson: Lesson, version: Version): number[] {
  return blocksOf(lesson, version).flatMap((block) => (block.kind === "code" ? [block.line] : []));
}

function cellOf(block: Block, used: Map<string, number>): Cell {
  const source = sourceOf(block);
  const id = freshId(block.kind, source, used);
  if (block.kind !== "code") {
    const tags = block.kind === "markdown" ? {} : { tags: [block.kind] };
    return { cell_type: "markdown", id, metadata: tags, source };
  }
  const tags = block.flags.map((flag) => TAGS[flag]).sort();
  const metadata = {
    ...(block.flags.includes("solution") ? { jupyter: { source_hidden: true as const } } : {}),
    ...(tags.length > 0 ? { tags } : {}),
  };
  return { cell_type: "code", id, metadata, source, execution_count: null, outputs: [] };
}

function sourceOf(block: Block): string {
  if (block.kind === "exercise")
    return `### Exercise${block.title === "" ? "" : `: ${block.title}`}\n\n${block.text}`;
  if (block.kind === "solution") {
    const summary = block.title === "" ? "Solution" : `Solution: ${block.title}`;
    // Blank lines around the text, so that it is read as Markdown.
    return `<details>\n<summary>${summary}</summary>\n\n${block.text}\n\n</details>`;
  }
  return block.text;
}

function freshId(kind: string, source: string, used: Map<string, number>): string {
  const id = `${kind}-${createHash("sha256").update(source).digest("hex").slice(0, 8)}`;
  const count = (used.get(id) ?? 0) + 1;
  used.set(id, count);
  return count === 1 ? id : `${id}-${count}`;
}

/**
 * Writes a notebook as Jupyter itself does: keys in order, texts as lists of lines, one space a level.
 *
 * @param notebook - run or not
 */
export function notebookText(notebook: Notebook): string {
  return `${JSON.stringify(inFile(notebook, ""), null, 1)}\n`;
}

/**
 * Reads a notebook from the text of a file.
 *
 * @param text - JSON, lines joined or not
 * @throws {SyntaxError} if it is no JSON
 */
export function readNotebook(text: string): Notebook {
  return inMemory(JSON.parse(text), "") as Notebook;
}

/** Keys under which Jupyter writes lists of lines; of data all but JSON. */
function isText(key: string): boolean {
  return key === "source" || key === "text" || (/\//.test(key) && !/\+json$|\/json$/.test(key));
}

function inFile(value: unknown, key: string): unknown {
  if (typeof value === "string") {
    // Pictures stay in one piece.
    return isText(key) && !key.startsWith("image/")
      ? value.split(/(?<=\n)/).filter((line) => line !== "")
      : value;
  }
  // JSON of other kinds (charts) is left as it is.
  if (/\+json$/.test(key)) return value;
  return mapped(value, inFile);
}

function inMemory(value: unknown, key: string): unknown {
  if (Array.isArray(value) && isText(key)) return value.join("");
  if (/\+json$/.test(key)) return value;
  return mapped(value, inMemory);
}

function mapped(value: unknown, change: (value: unknown, key: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => change(item, ""));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, item]) => [name, change(item, name)]));
}
