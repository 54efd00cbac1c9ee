/** @file What the type check of cells cannot see: outputs that would be lost, and values shown that nobody asked for. Pure. */

import { blocksOf, type Lesson, sourcePath } from "./source.ts";

/**
 * Finds calls of `chart`, `table`, `markdown` and `show` whose value is neither the cell's last nor used: they would show
 * nothing. Finds cells that end with a loop or a branch too: the kernel shows the last value inside. Statements are recognised by their place at the beginning of a line, as in formatted code.
 *
 * @param lesson - from its source
 * @returns one sentence for each, with the line
 */
export function outputFaults(lesson: Lesson): string[] {
  const blocks = [...blocksOf(lesson, "teacher"), ...blocksOf(lesson, "student")];
  const found = blocks.flatMap((block) => {
    if (block.kind !== "code") return [];
    const statements = statementsOf(block.text);
    const last = statements.at(-1);
    const stray = /^(for|while|do|if|switch|try)\b/.exec(last?.text ?? "")?.[1];
    if (stray !== undefined) {
      return [
        `${sourcePath(lesson.name)}:${block.line + last!.line}: the cell ends with "${stray}", whose last value is shown like a result; expected show(…) or undefined; after it`,
      ];
    }
    return statements.slice(0, -1).flatMap(({ line, text }) => {
      const helper = /^(?:await )?(chart|table|markdown|show)\(/.exec(text)?.[1];
      if (helper === undefined) return [];
      return [
        `${sourcePath(lesson.name)}:${block.line + line}: ${helper}(…) is not the last of its cell and shows nothing; expected await display(${helper}(…))`,
      ];
    });
  });
  return [...new Set(found)];
}

/** Where statements begin: lines that are not indented, and neither comments nor the end of what began before. */
function statementsOf(code: string): { readonly line: number; readonly text: string }[] {
  return code
    .split("\n")
    .map((text, line) => ({ line, text }))
    .filter(({ text }) => /^[^\s)\]}.?:&|+*/`-]/.test(text));
}
