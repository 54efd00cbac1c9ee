/** @file What a report is made of, whatever page it becomes: texts, lists, tables and code, all plain data. Pure. */

import type { Sentence } from "../laws/sentence.ts";

/**
 * A piece of a text; pieces of a sentence say what they state. All strings are plain text from anywhere, never markup: the renderer of each kind of page escapes
 * them. Addresses (`href`) are relative to the folder of the report, or `#id` of a section, and come from this project
 * alone.
 */
export type Span =
  | Sentence[number]
  | { readonly kind: "strong" | "code"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly href: string };

/** A text of one line: a string, or pieces that follow each other without a space. */
export type RichText = string | readonly Span[];

/** A column of a table. */
export type Column = {
  readonly title: string;
  readonly align: "left" | "right";
  /** What the column means, as a sentence; for a tooltip or a legend. */
  readonly help?: string | undefined;
};

/** A cell of a table: how it reads, and by what it is sorted (null: last). */
export type TableCell = { readonly text: RichText; readonly sort: number | string | null };

/** A table with a caption for screen readers. */
export type Table = {
  readonly kind: "table";
  /** Unique in the report; a-z, 0-9 and -. */
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly Column[];
  /** As many cells in each as there are columns. */
  readonly rows: readonly (readonly TableCell[])[];
};

/** A part of a section. */
export type Block =
  | { readonly kind: "paragraph"; readonly text: RichText }
  /** A sentence that must not be overlooked. */
  | { readonly kind: "note"; readonly text: RichText }
  /** Each item a text, under a term where it has one. */
  | {
      readonly kind: "list";
      readonly items: readonly { readonly term: string | null; readonly text: RichText }[];
    }
  | Table
  | { readonly kind: "code"; readonly language: "json" | "sh" | "text"; readonly code: string }
  /** A paragraph to be copied as it stands. */
  | { readonly kind: "copy"; readonly text: RichText }
  /** The verdicts and the crossovers: `verdicts` and `findings` of the content. */
  | { readonly kind: "verdicts" }
  /** Where the first chart, or all others, belong; the renderer knows which were drawn. */
  | { readonly kind: "charts"; readonly which: "first" | "others" };

/** A part of the report under a title. */
export type Section = {
  /** Unique in the report; a-z, 0-9 and -; good as an anchor. */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  /** True where pages show the title alone until it is asked for, and notes, which must not be overlooked. */
  readonly folded?: boolean;
};

/** A paragraph. */
export function paragraph(text: RichText): Block {
  return { kind: "paragraph", text };
}

/** A cell whose text is its sort key too, or with another key. */
export function cell(text: RichText, sort: number | string | null = plain(text)): TableCell {
  return { text, sort: typeof sort === "number" && !Number.isFinite(sort) ? null : sort };
}

/**
 * A table.
 *
 * @param id - unique in the report
 * @param caption - what it shows, for screen readers
 * @param columns - titles; `>title` for one that is aligned right, as numbers are
 * @param rows - as many cells in each as columns
 */
export function table(
  id: string,
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly TableCell[])[],
): Table {
  return {
    kind: "table",
    id,
    caption,
    columns: columns.map((title) =>
      title.startsWith(">") ? { title: title.slice(1), align: "right" } : { title, align: "left" },
    ),
    rows,
  };
}

/** A text whose words, numbers and names are strings again, in one piece between marks: what a renderer escapes. */
export function marked(
  text: readonly Span[],
): (string | Extract<Span, { kind: "strong" | "code" | "link" }>)[] {
  const pieces: ReturnType<typeof marked> = [];
  for (const span of text) {
    const isMark =
      typeof span !== "string" && (span.kind === "strong" || span.kind === "code" || span.kind === "link");
    const last = pieces.at(-1);
    if (isMark) pieces.push(span);
    else if (typeof last === "string") pieces[pieces.length - 1] = last + plain([span]);
    else pieces.push(plain([span]));
  }
  return pieces;
}

/** The text without what marks it. */
export function plain(text: RichText): string {
  if (typeof text === "string") return text;
  return text.map((span) => (typeof span === "string" ? span : span.text)).join("");
}
