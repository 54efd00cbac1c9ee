/** @file Which networks are measured for the one on the page: its form at other sizes, as large as the device can do. Pure. */

import type { MeasurementRequest } from "./request.ts";

/** What a device can do. */
export type Speed = {
  /** Of the kernel, found by a pilot. */
  readonly secondsPerFma: number;
};

/** Widths that are measured, and what became of the reader's own. */
export type PlannedCases = {
  readonly widths: readonly (readonly number[])[];
  /** Why the network itself is not among them, as a sentence; null where it is. */
  readonly leftOut: string | null;
};

/** n and m are the middle of the network's, within these bounds, divided and multiplied by the step. */
const MIDDLE = { least: 6, most: 32, step: 3 } as const;
/** Σ of the small and of the large form. */
const SIGMA = { full: [6_000, 60_000], quick: [4_000, 24_000] } as const;
/** The longest run of a case that is not the reader's own, and of that. */
const RUN_SECONDS = { full: 0.04, quick: 0.02 } as const;
const OWN_RUN_SECONDS = { full: 0.3, quick: 0.1 } as const;
/** Weights and arrays of one case; several are held at once, on telephones too. */
const CASE_BYTES = 48 * 2 ** 20;
/** A smaller Σ tells of the calls, not of the products. */
const LEAST_SIGMA = 300;

/**
 * Lays out the cases: n, m and Σ vary independently, so that their exponents can be told apart, and n/m lies on both
 * sides of 1, so that the crossover is among them. A full measurement takes every combination of two values of each and
 * the middle, a quick one half of the combinations (a fraction in which no two move together: Box, Hunter and Hunter,
 * Statistics for Experimenters, 2nd ed., 2005, ch. 6); each the reader's own network too, where it is not too large. A
 * chain of one layer has Σ = n·m: its exponents cannot be told apart, and n and m alone are varied.
 *
 * @param request - widths d_0 … d_K and length
 * @param speed - of the device; slower ones get smaller networks
 * @returns at most 10 lists of widths, of the depth of the given one, each once
 */
export function planCases(
  { widths, length }: Pick<MeasurementRequest, "widths" | "length">,
  speed: Speed,
): PlannedCases {
  const [n, m] = [widths[0]!, widths.at(-1)!];
  const hidden = widths.slice(1, -1);
  const middle = Math.min(MIDDLE.most, Math.max(MIDDLE.least, Math.round(Math.sqrt(n * m))));
  const ends = [Math.max(1, Math.round(middle / MIDDLE.step)), middle * MIDDLE.step] as const;
  const planned = hidden.length === 0 ? single(middle) : grid(hidden, { middle, ends, length, speed });
  const distinct = new Map<string, readonly number[]>(planned.map((one) => [one.join("-"), one]));
  const leftOut = whyLeftOut(widths, length, speed);
  if (leftOut === null) distinct.set(widths.join("-"), widths);
  return { widths: [...distinct.values()], leftOut };
}

/** Σ of dense layers of these widths. */
export function sigmaOf(widths: readonly number[]): number {
  return widths.slice(1).reduce((sum, width, i) => sum + width * widths[i]!, 0);
}

/** One layer: n and m in three sizes each. */
function single(middle: number): number[][] {
  const sizes = [middle, 3 * middle, 9 * middle];
  return sizes.flatMap((n) => sizes.map((m) => [n, m]));
}

function grid(
  hidden: readonly number[],
  about: {
    readonly middle: number;
    readonly ends: readonly [number, number];
    readonly length: "full" | "quick";
    readonly speed: Speed;
  },
): number[][] {
  const { middle, ends, length, speed } = about;
  const [small, large] = SIGMA[length];
  // A run of the largest case has as many products as its larger end.
  const affordable = RUN_SECONDS[length] / (speed.secondsPerFma * ends[1]);
  // In few steps, so that most devices measure the same cases and can be compared one by one.
  const factor = 4 ** Math.min(0, Math.floor(Math.log(affordable / large) / Math.log(4)));
  const sigmas = [small, large].map((sigma) => Math.max(LEAST_SIGMA, sigma * factor)) as [number, number];
  const form = (n: number, m: number, sigma: number): number[] => [n, ...scaled(hidden, middle, sigma), m];
  const corners = [0, 1].flatMap((i) =>
    [0, 1].flatMap((j) =>
      [0, 1]
        .filter((k) => length === "full" || (i + j + k) % 2 === 0)
        .map((k) => form(ends[i]!, ends[j]!, sigmas[k]!)),
    ),
  );
  return [...corners, form(middle, middle, Math.sqrt(sigmas[0] * sigmas[1]))];
}

/** The hidden widths times one factor, found by bisection, so that Σ comes near the wanted one with n = m = middle. */
function scaled(hidden: readonly number[], middle: number, sigma: number): number[] {
  const at = (factor: number): number[] => hidden.map((width) => Math.max(2, Math.round(width * factor)));
  let [low, high] = [1e-6, 1e6];
  for (let step = 0; step < 60; step++) {
    const factor = Math.sqrt(low * high);
    if (sigmaOf([middle, ...at(factor), middle]) < sigma) low = factor;
    else high = factor;
  }
  return at(low);
}

function whyLeftOut(widths: readonly number[], length: "full" | "quick", speed: Speed): string | null {
  const [n, m] = [widths[0]!, widths.at(-1)!];
  const sigma = sigmaOf(widths);
  const bytes = 8 * (sigma + n * m * 3 + 4 * widths.reduce((sum, width) => sum + width, 0));
  const seconds = Math.max(n, m) * sigma * speed.secondsPerFma;
  const name = widths.join("-");
  if (bytes > CASE_BYTES) {
    return `${name} itself was not measured: it needs ${Math.round(bytes / 2 ** 20)} MiB, and a page may take ${CASE_BYTES / 2 ** 20}.`;
  }
  if (seconds <= OWN_RUN_SECONDS[length]) return null;
  return `${name} itself was not measured: its Jacobian would take about ${Number(seconds.toPrecision(2))} s each time on this device.`;
}
