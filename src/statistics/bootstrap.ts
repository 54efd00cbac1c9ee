/** @file The seeded bootstrap: standard errors by drawing again, for one set of clusters or for two crossed ones. */

import type { Random } from "../random.ts";
import { variance } from "./mean.ts";

/**
 * Draws as many indices as there are items, with replacement.
 *
 * @returns for each item, how often it was drawn; sums to count
 */
export function resampleCounts(count: number, random: Random): number[] {
  const counts = new Array<number>(count).fill(0);
  for (let i = 0; i < count; i++) counts[random.integer(0, count - 1)]! += 1;
  return counts;
}

/**
 * Bootstrap standard error of a statistic of clusters (Efron and Tibshirani, An Introduction to the Bootstrap, 1993,
 * ch. 6; clusters drawn whole).
 *
 * @param clusters - what is drawn, whole
 * @param statistic - of a list of clusters; draws where it returns NaN are left out
 * @param random - a seeded stream
 * @param draws - how many
 */
export function bootstrapStandardError<Cluster>(
  clusters: readonly Cluster[],
  statistic: (drawn: readonly Cluster[]) => number,
  random: Random,
  draws = 200,
): number {
  const values: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const counts = resampleCounts(clusters.length, random);
    const drawn = clusters.flatMap((cluster, i) => new Array<Cluster>(counts[i]!).fill(cluster));
    const value = statistic(drawn);
    if (Number.isFinite(value)) values.push(value);
  }
  return Math.sqrt(variance(values));
}

/**
 * The pigeonhole bootstrap for data crossed in two ways: rows and columns are drawn independently, and a cell counts
 * as often as its row times its column was drawn (Owen, The pigeonhole bootstrap, Annals of Applied Statistics 1
 * (2007) 386–411).
 *
 * @param size - number of rows (cases) and columns (processes)
 * @param statistic - of the drawn counts; several numbers; draws with NaN are left out
 * @param random - a seeded stream
 * @param draws - how many
 * @returns one standard error for each number of the statistic
 */
export function pigeonholeStandardErrors(
  size: { readonly rows: number; readonly columns: number },
  statistic: (rowCounts: readonly number[], columnCounts: readonly number[]) => readonly number[],
  random: Random,
  draws = 200,
): number[] {
  const values: (readonly number[])[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const value = statistic(resampleCounts(size.rows, random), resampleCounts(size.columns, random));
    if (value.every(Number.isFinite)) values.push(value);
  }
  return values[0]!.map((_, j) => Math.sqrt(variance(values.map((value) => value[j]!))));
}
