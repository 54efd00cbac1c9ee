/** @file When a plan is worth its trouble over the better pure mode. */

/** The least share of FMA that a plan must save; one that saves less is called not worth it. */
export const LEAST_SAVING = 0.02;

/**
 * The share of FMA that a plan saves over the better pure mode.
 *
 * @param fma - of the plan
 * @param pure - of the pure modes; null where there is none
 * @returns from 0 to 1; 0 where no pure mode is dearer, null where there is no pure mode
 */
export function savingOver(fma: number, pure: readonly (number | null)[]): number | null {
  const known = pure.filter((value) => value !== null);
  if (known.length === 0) return null;
  const least = Math.min(...known);
  return least <= fma ? 0 : 1 - fma / least;
}

/** Whether a plan saves enough; true where there is no pure mode to compare it with. */
export function isWorthIt(fma: number, pure: readonly (number | null)[]): boolean {
  const saving = savingOver(fma, pure);
  return saving === null || saving >= LEAST_SAVING;
}
