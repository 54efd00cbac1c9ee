/** @file What must change to make one piece of JSON another: how a page holds two looks of a chart and its data once. Pure. */

/** A place, as keys and indices from the root, and what stands there; without a value, nothing does. */
export type Change = readonly [path: readonly (string | number)[], value?: unknown];

/**
 * Finds the changes from one value to another.
 *
 * @param from - JSON data
 * @param to - JSON data; lists of other lengths are replaced whole
 * @returns changes; applied to a copy of `from` in their order they make `to`
 */
export function differences(from: unknown, to: unknown, path: readonly (string | number)[] = []): Change[] {
  if (Object.is(from, to)) return [];
  if (Array.isArray(from) && Array.isArray(to) && from.length === to.length) {
    return from.flatMap((own, i) => differences(own, to[i], [...path, i]));
  }
  if (isRecord(from) && isRecord(to)) {
    const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])];
    return keys.flatMap((key): Change[] => {
      const [before, after] = [own(from, key), own(to, key)];
      if (after === undefined) return before === undefined ? [] : [[[...path, key]]];
      return differences(before, after, [...path, key]);
    });
  }
  return [[path, to]];
}

/** What stands under a key, but for what every object has, such as `toString`. */
function own(record: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
