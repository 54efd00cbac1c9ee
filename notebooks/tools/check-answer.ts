/** @file Self-checks of the exercises whose answer is a number: right, or not yet with a hint for the usual slip. */

/** A wrong answer that is often given, and what to say then. */
export type Slip = { readonly value: number; readonly hint: string };

/**
 * Holds an answer against the right one.
 *
 * @param exercise - what the message begins with
 * @param given - the reader's answer; null as long as there is none
 * @param expected - the right one, computed by the toolkit
 * @param options - `slips`: usual mistakes; `tolerance`: relative, 0 by default, for answers that are no counts; `factor`:
 *   for estimates, how many times too small or too large the answer may be
 * @returns one sentence or two; it does not give the right answer away
 */
export function checkAnswer(
  exercise: string,
  given: number | null,
  expected: number,
  options: { readonly slips?: readonly Slip[]; readonly tolerance?: number; readonly factor?: number } = {},
): string {
  const { slips = [], tolerance = 0, factor = 1 } = options;
  if (given === null) return `${exercise}: no answer yet. Put your number in the place of null.`;
  const isEqual = (value: number): boolean => Math.abs(given - value) <= tolerance * Math.abs(value);
  const isNear = expected > 0 && given * factor >= expected && given <= expected * factor;
  if (isEqual(expected) || isNear) return `${exercise}: right.`;
  const slip = slips.find(({ value }) => isEqual(value));
  if (slip !== undefined) return `${exercise}: not yet. ${slip.hint}`;
  if (!Number.isFinite(given)) return `${exercise}: not yet. ${given} is no finite number.`;
  return `${exercise}: not yet. ${given} is too ${given < expected ? "small" : "large"}.`;
}
