/** @file The explorer's address: every state survives it, and nothing odd in it does any harm. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatAddress, parseAddress, readWidths } from "../../src/explorer/address.ts";
import { PRESETS, presetOf } from "../../src/explorer/presets.ts";
import {
  CHOICES,
  type ExplorerState,
  MOST_LAYERS,
  OPENING,
  WIDEST,
  withLayer,
  withoutLayer,
} from "../../src/explorer/state.ts";

const widths = fc.array(fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: WIDEST })), {
  minLength: 2,
  maxLength: MOST_LAYERS + 1,
});
const anyState: fc.Arbitrary<ExplorerState> = fc.record({
  widths,
  activation: fc.constantFrom(...CHOICES.activation),
  loss: fc.constantFrom(...CHOICES.loss),
  plan: fc.constantFrom(...CHOICES.plan),
  code: fc.constantFrom(...CHOICES.code),
  view: fc.constantFrom(...CHOICES.view),
  guess: fc.boolean(),
});

const isValid = (state: ExplorerState): boolean =>
  state.widths.length >= 2 &&
  state.widths.length <= MOST_LAYERS + 1 &&
  state.widths.every((width) => Number.isInteger(width) && width >= 1 && width <= WIDEST) &&
  (Object.keys(CHOICES) as (keyof typeof CHOICES)[]).every((name) =>
    (CHOICES[name] as readonly string[]).includes(state[name]),
  );

describe("an address", () => {
  it("gives back every state", () => {
    fc.assert(
      fc.property(anyState, (state) => {
        expect(parseAddress("", formatAddress(state))).toEqual({ state, problems: [] });
      }),
    );
  });

  it("never throws and never gives a state that cannot be, whatever stands in it", () => {
    const odd = fc.oneof(
      fc.string({ unit: "binary", maxLength: 60 }),
      fc
        .tuple(fc.constantFrom("widths", "view", "loss", "guess", "plan"), fc.string())
        .map((pair) => pair.join("=")),
      fc.array(fc.double()).map((values) => `widths=${values.join("-")}`),
    );
    fc.assert(
      fc.property(odd, odd, (search, hash) => {
        const { state, problems } = parseAddress(`?${search}`, `#${hash}`);
        expect(isValid(state)).toBe(true);
        for (const problem of problems) expect(problem).toMatch(/^[^\n]{10,220}$/u);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["widths=0-3", /“0”; expected whole numbers from 1 to 1,000,000/],
    ["widths=784--5-1", /“-5”/],
    ["widths=NaN-10", /“NaN”/],
    ["widths=1e9-10", /“1e9”/],
    ["widths=99999999999999999999-10", /“99999999999999999999”/],
    ["widths=1000001-10", /“1000001”/],
    ["widths=3.5-2", /“3.5”/],
    ["widths=Infinity-2", /“Infinity”/],
    ["widths=7", /expected at least two/],
    ["widths=", /expected at least two/],
    [`widths=${Array(10).fill(4).join("-")}`, /There are 9 layers; expected 1 to 8/],
    ["widths=<script>alert(1)</script>-2", /“<script>alert\(1\)<\/script>”/],
    ["view=<img onerror=alert(1)>", /The view is “<img onerror=alert\(1\)>”; expected all, cost/],
    ["activation=__proto__", /The activation is “__proto__”/],
    ["guess=yes", /The guess is “yes”/],
    ["width=3-4", /After the # stands “width”; expected widths=…/],
    [`widths=3-4&x=${"y".repeat(3000)}`, /The address has \d+ characters/],
  ])("refuses %s with a sentence, and stands on its feet", (hash, message) => {
    const { state, problems } = parseAddress("", `#${hash}`);
    expect(problems.join(" ")).toMatch(message);
    expect(isValid(state)).toBe(true);
  });

  it("refuses a part and keeps the rest", () => {
    const { state, problems } = parseAddress("", "#widths=3-5-2&activation=gelu&code=jax");
    expect(problems).toHaveLength(1);
    expect(state).toEqual({ ...OPENING, widths: [3, 5, 2], code: "jax", guess: false });
  });

  it("opens with the question where it names no network, and without it where it does", () => {
    expect(parseAddress("", "").state).toEqual(OPENING);
    expect(parseAddress("", "#widths=3-4").state.guess).toBe(false);
    expect(parseAddress("", "#widths=3-4&guess=1").state.guess).toBe(true);
    expect(parseAddress("?view=animation", "").state.guess).toBe(false);
  });

  it("reads the query too, leaves names of others there alone, and lets the fragment go first", () => {
    const { state, problems } = parseAddress("?view=cost&utm_source=course&widths=9-9", "#widths=3-4");
    expect(problems).toEqual([]);
    expect(state).toMatchObject({ view: "cost", widths: [3, 4] });
  });
});

it.each(["784-128-10", "784,128,10", " [784, 128, 10] ", "784 128 10", "784 → 128 → 10", "(784; 128; 10)"])(
  "widths are read as people write them: %s",
  (text) => {
    expect(readWidths(text)).toEqual([784, 128, 10]);
  },
);

it("layers are added before the last and taken away from the middle, within the bounds", () => {
  expect(withLayer([100, 4])).toEqual([100, 20, 4]);
  expect(withoutLayer([3, 5, 7, 2])).toEqual([3, 5, 2]);
  expect(withoutLayer([3, 5, 7, 2], 1)).toEqual([3, 7, 2]);
  expect(withoutLayer([3, 5, 7, 2], 0)).toEqual([3, 5, 7, 2]);
  expect(withoutLayer([3, 2])).toEqual([3, 2]);
  const most = Array(MOST_LAYERS + 1).fill(5) as number[];
  expect(withLayer(most)).toEqual(most);
});

it("the presets can be had by their address, and are known again", () => {
  for (const { id, network } of PRESETS) {
    const { state, problems } = parseAddress("", formatAddress({ ...OPENING, ...network }));
    expect(problems).toEqual([]);
    expect(presetOf(state)).toBe(id);
  }
});
