/** @file Self-checks of notebook 06: what is right is computed here, so that a student's notebook does not show it. */

import {
  buildShape,
  elementalsOf,
  homogeneousCosts,
  planChain,
  planProducts,
  revolveUntapedSteps,
} from "../../../src/index.ts";
import { checkAnswer } from "../check-answer.ts";

const given = (widths: readonly number[]) => elementalsOf(buildShape({ widths }), "given");

/**
 * The cheapest bracketing for the widths 10-2-20-5.
 *
 * @param answer - FMA
 */
export function checkCheapest(answer: number | null): string {
  return checkAnswer("Cheapest", answer, planProducts(given([10, 2, 20, 5])).fma, {
    slips: [
      { value: 20 * 2 * 10 + 5 * 20 * 10, hint: "That is J3 (J2 J1), the more expensive one." },
      { value: 10 * 2 + 2 * 20 + 20 * 5, hint: "That is Σ, one product with a vector." },
      { value: 5 * 20 * 2, hint: "The second product is missing." },
    ],
  });
}

/**
 * Widths for which doing the cheapest product first is not the cheapest way.
 *
 * @param widths - d_0 … d_3
 * @throws {JacobenchError} `ERR_RANGE` for widths that are none
 */
export function checkGreedy(widths: readonly number[]): string {
  if (widths.length !== 4) return `Not yet: ${widths.length} widths given; expected four, d_0 to d_3.`;
  const best = planProducts(given(widths)).fma;
  const [d0, d1, d2, d3] = widths as readonly [number, number, number, number];
  const later = { first: d3 * d2 * d1, all: d3 * d2 * d1 + d3 * d1 * d0 };
  const earlier = { first: d2 * d1 * d0, all: d2 * d1 * d0 + d3 * d2 * d0 };
  if (later.first === earlier.first)
    return "Not yet: both first products cost the same, so the rule does not choose.";
  const greedy = later.first < earlier.first ? later.all : earlier.all;
  if (greedy > best) return `Right: greedy ${greedy} FMA, optimum ${best} FMA.`;
  return (
    `Not yet: the greedy way costs ${greedy} FMA here, and so does the optimum. ` +
    "Make the cheaper first product lead to an expensive second one."
  );
}

/**
 * The largest h at which 500-500-h-500-500 costs a fifth of the products from one side, or less, all Jacobians at hand.
 *
 * @param answer - h
 */
export function checkNarrowest(answer: number | null): string {
  const gain = (h: number): number => {
    const chain = given([500, 500, h, 500, 500]);
    return homogeneousCosts(chain).tangentFma! / planChain(chain).fma;
  };
  let h = 1;
  while (gain(h + 1) >= 5) h += 1;
  return checkAnswer("Width", answer, h, {
    slips: [
      { value: 100, hint: "A fifth of the width is not a fifth of the cost: compare 3w²h with w²(2h + w)." },
      { value: h + 1, hint: "Nearly: at that width the plan costs a little more than a fifth." },
    ],
  });
}

/**
 * The longest chain with 4 states and at most 3 untaped runs of each step. One step more costs as many runs more as the
 * most repeated step has.
 *
 * @param answer - steps
 */
export function checkLongest(answer: number | null): string {
  let steps = 1;
  while (revolveUntapedSteps(steps + 1, 4) - revolveUntapedSteps(steps, 4) <= 3) steps += 1;
  return checkAnswer("Steps", answer, steps, {
    slips: [
      { value: 12, hint: "That is 4 · 3. Places are used again, so it is far more." },
      { value: 15, hint: "That is C(6, 4), with two runs of each step." },
      { value: 20, hint: "That is C(6, 3): the input counts as one of the four." },
    ],
  });
}
