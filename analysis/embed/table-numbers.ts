/** @file The numbers in the tables of a report under names made of table, row and column. Pure. */

import type { AnyResults } from "../config.ts";
import { plain, type Table } from "../report/blocks.ts";
import { reportContent } from "../report/content.ts";
import type { NumberDraft } from "./stated-number.ts";

/** Tables that state no results: the machine, and what stands in results.csv. */
const UNNAMED_TABLES: readonly string[] = ["environment", "cost"];

/**
 * Names every cell of every table of the report that is sorted as a number, as it is printed there.
 *
 * @param results - of one experiment
 * @returns in the order of the report
 */
export function tableNumbers(results: AnyResults): NumberDraft[] {
  const tables = reportContent(results)
    .sections.flatMap(({ blocks }) => blocks)
    .filter((block) => block.kind === "table")
    .filter(({ id }) => !UNNAMED_TABLES.some((unnamed) => id.startsWith(unnamed)));
  return tables.flatMap((table) => {
    const keys = rowKeys(table);
    return table.rows.flatMap((row, i) =>
      row.flatMap(({ text, sort }, j): NumberDraft[] => {
        const title = table.columns[j]?.title ?? "";
        if (typeof sort !== "number") return [];
        const key = keys[i]!;
        const meaning = `${table.caption}: ${title}, ${key.join(", ")}`;
        return [{ words: ["table", table.id, ...key, title], text: plain(text), value: null, meaning }];
      }),
    );
  });
}

/** The fewest leading cells that tell the rows apart. */
function rowKeys(table: Table): string[][] {
  const most = table.columns.length;
  for (let length = 1; ; length++) {
    const keys = table.rows.map((row) => row.slice(0, length).map(({ text }) => plain(text)));
    if (length >= most || new Set(keys.map((key) => key.join("\u0000"))).size === keys.length) return keys;
  }
}
