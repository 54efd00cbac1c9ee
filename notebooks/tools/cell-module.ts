/** @file The cells of a lesson as one TypeScript module whose lines are those of the source. Pure. */

import { blocksOf, type Lesson, type Version } from "./source.ts";

/**
 * Writes a version's cells, each at the lines where it stands in the source, so that a message about the module is one
 * about the source. Between cells a semicolon ends the expression that a cell shows.
 *
 * @param lesson - from its source
 * @param version - stubs or solutions
 */
export function cellModule(lesson: Lesson, version: Version): string {
  const lines: string[] = [];
  for (const block of blocksOf(lesson, version)) {
    if (block.kind !== "code") continue;
    // The line of the fence before a cell is free.
    while (lines.length < block.line - 2) lines.push("");
    lines.push(";", ...block.text.split("\n"));
  }
  // A cell without imports would make a script of the file.
  return `${lines.join("\n")}\nexport {};\n`;
}
