/** @file The notebooks that were made, as pages are built from them. (N) */

import { join } from "node:path";
import { listFolder, readTextFile } from "../../src/files.ts";
import { type Notebook, readNotebook } from "./notebook.ts";
import type { Places } from "./places.ts";

/** A notebook and its name, `NN-name`. */
export type Made = { readonly name: string; readonly notebook: Notebook };

/**
 * Reads all notebooks of lessons in a folder, in order.
 *
 * @param places - `notebooks` is the folder
 * @throws {JacobenchError} `ERR_FILE` if one cannot be read
 */
export function readMade(places: Places): Made[] {
  return listFolder(places.notebooks).flatMap((file) => {
    const name = /^(\d\d-[a-z0-9-]+)\.ipynb$/.exec(file)?.[1];
    return name === undefined
      ? []
      : [{ name, notebook: readNotebook(readTextFile(join(places.notebooks, file))) }];
  });
}

/**
 * The text of a solution without the fold around it, and its heading; null for another cell.
 *
 * @param source - of a cell
 */
export function unfolded(source: string): { readonly summary: string; readonly text: string } | null {
  const match = /^<details>\n<summary>(.*)<\/summary>\n\n([\s\S]*)\n\n<\/details>$/.exec(source);
  return match === null ? null : { summary: match[1]!, text: match[2]! };
}

/**
 * Whether a cell or what folds it has a tag.
 *
 * @param cell - any
 * @param tag - e.g. `solution`
 */
export function hasTag(
  cell: { readonly metadata: { readonly tags?: readonly string[] } },
  tag: string,
): boolean {
  return cell.metadata.tags?.includes(tag) ?? false;
}
