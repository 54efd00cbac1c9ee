/** @file A number that a report states, with its name. */

/** A number with its name. */
export type StatedNumber = {
  /** Letters alone, in camel case, unique in the report: `crossoverTyped`. */
  readonly name: string;
  /** As the report prints it, in plain text: `0.97`, `500 ns`, or `none` where there is no such number. */
  readonly text: string;
  /** Unrounded; null for `none` and for cells of tables that hold more than a number. */
  readonly value: number | null;
  /** What it is, as a half sentence in plain text. */
  readonly meaning: string;
};

/** A number before it has its name. */
export type NumberDraft = { readonly words: readonly string[] } & Omit<StatedNumber, "name">;
