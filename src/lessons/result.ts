/** @file What a check answers: right or not, with a hint; it prints as text, and as Markdown in a notebook. */

/** What was found in one part of an answer. */
export type PartResult = {
  /** Its name, e.g. `W`. */
  readonly part: string;
  readonly correct: boolean;
  /** One sentence. */
  readonly message: string;
  /** What to do, if it is not right. */
  readonly hint?: string;
  /** The usual slip that gives just these numbers; two joined by `+`. Absent if none does. */
  readonly slip?: string;
  /** Largest difference over the largest entry of the right answer; null where nothing can be compared. */
  readonly maxRelativeError: number | null;
};

/** The whole of a check. */
export class CheckResult {
  /** The problem, e.g. `problem3`. */
  readonly problem: string;
  /** Whether all given parts are right, and there is at least one. */
  readonly correct: boolean;
  readonly message: string;
  /** What to do about the first part that is not right. */
  declare readonly hint?: string;
  /** The slip of that part. */
  declare readonly slip?: string;
  /** Largest of the parts'; null if that of a part is. */
  readonly maxRelativeError: number | null;
  /** What was found in each given part. */
  readonly parts: readonly PartResult[];
  readonly #sentences: readonly string[];

  /**
   * @param problem - its id
   * @param parts - results of the given parts, in the order of the problem
   * @param rest - further sentences: parts that were not given, names that are not known; `wrong` if one is at fault
   */
  constructor(
    problem: string,
    parts: readonly PartResult[],
    rest: { readonly sentences: readonly string[]; readonly wrong?: { hint: string; slip: string } },
  ) {
    const first = parts.find((part) => !part.correct) ?? rest.wrong;
    this.problem = problem;
    this.correct = first === undefined;
    this.#sentences = [...parts.map((part) => part.message), ...rest.sentences];
    this.message = this.#sentences.join(" ");
    if (first?.hint !== undefined) this.hint = first.hint;
    if (first?.slip !== undefined) this.slip = first.slip;
    const errors = parts.map((part) => part.maxRelativeError);
    this.maxRelativeError =
      errors.length === 0 || errors.includes(null) ? null : Math.max(...(errors as number[]));
    this.parts = parts;
  }

  /** The result as plain text, one part a line. */
  toString(): string {
    const head = `${this.problem}: ${this.correct ? "right" : "not right yet"}.`;
    return [
      head,
      ...this.#sentences.map((line) => `  ${line}`),
      ...(this.hint === undefined ? [] : [`Hint: ${this.hint}`]),
    ].join("\n");
  }

  /** The result as Markdown. */
  toMarkdown(): string {
    const head = `**${this.correct ? "✔ Right" : "✘ Not right yet"}** (${this.problem})`;
    const hint = this.hint === undefined ? [] : [`> **Hint:** ${escapeMarkdown(this.hint)}`];
    return [head, this.#sentences.map((line) => `- ${escapeMarkdown(line)}`).join("\n"), ...hint].join(
      "\n\n",
    );
  }

  /** How Deno's Jupyter kernel shows the result. */
  [Symbol.for("Jupyter.display")](): Record<string, string> {
    return { "text/markdown": this.toMarkdown(), "text/plain": this.toString() };
  }

  /** How `console.log` shows it in Node. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /** How `console.log` shows it in Deno. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>|$]/g, "\\$&");
}
