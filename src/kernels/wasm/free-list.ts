/** @file Free pieces of one range of addresses: the first that is large enough is taken, neighbours are joined again. */

/** Hands out ranges of addresses. */
export type FreeList = {
  /** Takes a range; null when no free piece is large enough. */
  take(bytes: number): number | null;
  /** Gives a range back, or adds a new one at the end. */
  give(start: number, bytes: number): void;
};

/** Starts with nothing. */
export function createFreeList(): FreeList {
  const starts: number[] = [];
  const ends: number[] = [];
  return {
    take: (bytes) => {
      for (let i = 0; i < starts.length; i++) {
        const start = starts[i]!;
        if (ends[i]! - start < bytes) continue;
        if (ends[i]! - start === bytes) {
          starts.splice(i, 1);
          ends.splice(i, 1);
        } else starts[i] = start + bytes;
        return start;
      }
      return null;
    },
    give: (start, bytes) => {
      const end = start + bytes;
      let [low, high] = [0, starts.length];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (starts[middle]! < start) low = middle + 1;
        else high = middle;
      }
      const joinsBefore = low > 0 && ends[low - 1] === start;
      const joinsAfter = low < starts.length && starts[low] === end;
      if (joinsBefore && joinsAfter) {
        ends[low - 1] = ends[low]!;
        starts.splice(low, 1);
        ends.splice(low, 1);
      } else if (joinsBefore) ends[low - 1] = end;
      else if (joinsAfter) starts[low] = start;
      else {
        starts.splice(low, 0, start);
        ends.splice(low, 0, end);
      }
    },
  };
}
