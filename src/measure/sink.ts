/** @file Where the results of timed work go, so that no compiler can prove them unused and drop the work. */

/** The last thing that was consumed, as a number. Exported, so that it counts as used. */
export const sink = { value: 0 };

/**
 * Uses a result: one entry of an array (ndarray or typed array), or the number itself, is written to {@link sink}.
 * No allocation.
 *
 * @param result - what timed work returned
 */
export function consume(result: unknown): void {
  if (typeof result === "number") {
    sink.value = result;
    return;
  }
  if (typeof result !== "object" || result === null) return;
  const data = (result as { data?: ArrayLike<number> }).data ?? (result as ArrayLike<number>);
  const offset = (result as { offset?: number }).offset ?? 0;
  const entry = data[offset];
  if (typeof entry === "number") sink.value = entry;
}
