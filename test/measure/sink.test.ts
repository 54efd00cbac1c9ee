/** @file Tests that results of timed work are really used. */

import ndarray from "ndarray";
import { expect, test } from "vitest";
import { vector } from "../../src/array.ts";
import { consume, sink } from "../../src/measure/sink.ts";

test("numbers, ndarrays (at their offset) and typed arrays are read", () => {
  consume(4.5);
  expect(sink.value).toBe(4.5);
  consume(vector([7, 8]));
  expect(sink.value).toBe(7);
  consume(ndarray(Float64Array.of(1, 2, 3, 4), [2], [1], 2));
  expect(sink.value).toBe(3);
  consume(Float64Array.of(9));
  expect(sink.value).toBe(9);
});

test("what holds no number leaves the sink as it was", () => {
  consume(1);
  for (const nothing of [undefined, null, "text", {}, []]) consume(nothing);
  expect(sink.value).toBe(1);
});
