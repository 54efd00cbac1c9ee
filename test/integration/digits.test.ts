/** @file Layers and chains keep their digits over the whole range of float64: the bulk of what test/chain/digits.test.ts samples. */

import { describe, it } from "vitest";
import { expectChainDigits, expectDigits } from "../support/digits-properties.ts";
import { LAYER_KINDS } from "../support/layer-digits.ts";

describe("values and Jacobians, by every way and on every kernel, against arbitrary precision", () => {
  it.each(LAYER_KINDS)("of %s", (kind) => expectDigits(kind, 400, 1));
});

it("products with a chain of Jacobians are as exact as their sums are, by every way and on every kernel", () =>
  expectChainDigits(1500, 2));
