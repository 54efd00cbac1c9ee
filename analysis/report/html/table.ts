/** @file A table whose columns sort by buttons in their heads; in narrow windows it scrolls by itself, not the page. Pure. */

import { plain, type Table, type TableCell } from "../blocks.ts";
import { escapeHtml, inlineHtml } from "./markup.ts";

/** Longer cells are broken into lines; a number and its interval are not. */
const LONG_CHARACTERS = 44;

/** Longer tables scroll under their heads. */
const MOST_OPEN_ROWS = 16;

/**
 * Writes a table.
 *
 * The first column names its row. Each head holds a button, which works once the page's script has run; `data-sort`
 * carries a cell's sort key where it is not its text.
 *
 * @param table - see {@link Table}
 */
export function tableHtml(table: Table): string {
  const head = table.columns
    .map(({ title, align, help }) => {
      const side = align === "right" ? ' class="number"' : "";
      const hint = help === undefined ? "" : ` title="${escapeHtml(help)}"`;
      return title === ""
        ? `<td${side}></td>`
        : `<th scope="col"${side}><button type="button" class="sort"${hint}>${escapeHtml(title)}</button></th>`;
    })
    .join("");
  const rows = table.rows.map((row) => `<tr>${row.map((own, i) => cellHtml(table, own, i)).join("")}</tr>`);
  const caption = escapeHtml(table.caption);
  return [
    `<div class="scroll${table.rows.length > MOST_OPEN_ROWS ? " tall" : ""}" role="region" aria-label="${caption}" tabindex="0">`,
    `<table id="table-${escapeHtml(table.id)}"><caption>${caption}</caption>`,
    `<thead><tr>${head}</tr></thead>`,
    `<tbody>\n${rows.join("\n")}\n</tbody></table></div>`,
  ].join("\n");
}

function cellHtml(table: Table, { text, sort }: TableCell, index: number): string {
  const words = plain(text);
  const classes = [
    table.columns[index]?.align === "right" ? "number" : null,
    [...words].length > LONG_CHARACTERS ? "long" : null,
  ].filter((name) => name !== null);
  const side = classes.length > 0 ? ` class="${classes.join(" ")}"` : "";
  const key =
    sort === null ? ' data-sort=""' : sort === words ? "" : ` data-sort="${escapeHtml(String(sort))}"`;
  const tag = index === 0 ? "th" : "td";
  return `<${tag}${index === 0 ? ' scope="row"' : ""}${side}${key}>${inlineHtml(text)}</${tag}>`;
}
