/** @file The mean of clustered values with its t interval, and how many values of a correlated series make one. */

import { CONFIDENCE, type Interval } from "./interval.ts";
import { mean, variance } from "./mean.ts";
import { studentTQuantile } from "./student-t.ts";

/** Mean of cluster summaries. */
export type ClusterMean = {
  readonly estimate: number;
  readonly standardError: number;
  /** Clusters less one. */
  readonly degreesOfFreedom: number;
  readonly interval95: Interval;
};

/**
 * The mean of one summary a cluster, with a t interval over the clusters: what happens inside of a cluster,
 * correlated or not, enters only through its summary (Cochran, Sampling Techniques, 3rd ed., 1977, ch. 10, first
 * stage variance).
 *
 * @param summaries - one a cluster, at least two
 * @param leastStandardError - a lower bound of the standard error known from elsewhere (see {@link blockStandardError})
 * @throws {JacobenchError} `ERR_RANGE` if fewer than two
 */
export function clusterMean(summaries: readonly number[], leastStandardError = 0): ClusterMean {
  const estimate = mean(summaries);
  const standardError = Math.max(Math.sqrt(variance(summaries) / summaries.length), leastStandardError);
  const degreesOfFreedom = summaries.length - 1;
  const half = studentTQuantile((1 + CONFIDENCE) / 2, degreesOfFreedom) * standardError;
  return { estimate, standardError, degreesOfFreedom, interval95: [estimate - half, estimate + half] };
}

/**
 * How many successive values of a series with lag-1 correlation r make one independent value: (1 + r)/(1 − r), the
 * integrated autocorrelation time of an AR(1) series.
 *
 * @param lag1 - clipped to [0, 0.9]
 */
export function blockLength(lag1: number): number {
  const r = Math.max(0, Math.min(0.9, lag1));
  return (1 + r) / (1 - r);
}

/**
 * Standard error of the mean of grouped, serially correlated values, each block of {@link blockLength} values counted
 * as one; what lies between the groups is not in it.
 *
 * @param groups - rounds within processes; groups of one value say nothing and are left out
 * @param lag1 - their lag-1 correlation
 * @returns 0 where no group has two values
 */
export function blockStandardError(groups: readonly (readonly number[])[], lag1: number): number {
  const used = groups.filter((group) => group.length > 1);
  const count = used.reduce((sum, group) => sum + group.length, 0);
  if (count === 0) return 0;
  const degrees = count - used.length;
  const squares = used.reduce((sum, group) => sum + variance(group) * (group.length - 1), 0);
  return Math.sqrt((squares / degrees) * (blockLength(lag1) / count));
}
