/** @file Layers keep their digits over the whole range of float64: a drawn sample; the bulk is in the integration tests. */

import { describe, it } from "vitest";
import { expectChainDigits, expectDigits } from "../support/digits-properties.ts";
import { LAYER_KINDS } from "../support/layer-digits.ts";

describe("values and Jacobians, by every way and on every kernel, against arbitrary precision", () => {
  it.each(LAYER_KINDS)("of %s", (kind) => expectDigits(kind, 20, 20261128));
});

it("products with a chain of Jacobians are as exact as their sums are, by every way and on every kernel", () =>
  expectChainDigits(60, 20261129));
