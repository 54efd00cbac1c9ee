/** @file Looking up things by name, with "did you mean" for those that are not there. */

import { distance } from "fastest-levenshtein";
import { JacobenchError } from "./errors.ts";

/**
 * Finds the known name that is nearest to a misspelt one.
 *
 * @param name - what was given
 * @param known - the names that exist
 * @returns `; did you mean "…"?`, or an empty string when none is near
 */
export function didYouMean(name: string, known: readonly string[]): string {
  const ranked = known
    .map((candidate) => ({ candidate, edits: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  if (best === undefined || best.edits > Math.max(2, Math.ceil(name.length / 3))) return "";
  return `; did you mean "${best.candidate}"?`;
}

/**
 * Takes an item from a registry.
 *
 * @param what - what the registry holds, for the message
 * @param registry - items with an `id`
 * @param id - the wanted one
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME` if there is none
 */
export function byId<Item extends { readonly id: string }>(
  what: string,
  registry: readonly Item[],
  id: string,
): Item {
  const found = registry.find((item) => item.id === id);
  if (found !== undefined) return found;
  const known = registry.map((item) => item.id);
  throw new JacobenchError(
    "ERR_UNKNOWN_NAME",
    `${what} "${id}" is not known; known are ${known.join(", ")}${didYouMean(id, known)}`,
  );
}
