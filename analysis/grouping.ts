/** @file Putting things into groups by a key, in the order in which the keys first appear. Pure. */

/** A key for a case and a variant together; ids and labels may hold any character but NUL. */
export function pairKey(caseId: string, variant: string): string {
  return `${caseId}\u0000${variant}`;
}

/** Groups items by a key, in the order in which the keys first appear. */
export function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
