/** @file Binomial schedules: sound, within their snapshots, and as cheap as the closed form says, for long chains too. */

import { expect, test } from "vitest";
import { binomialSchedule } from "../../src/planner/binomial-schedule.ts";
import { revolveUntapedSteps } from "../../src/planner/checkpointing.ts";

/** Carries a schedule out; returns steps run without taping and the most snapshots held. */
function carryOut(L: number, s: number) {
  const stored: number[] = [];
  let [current, next, untaped, most] = [0, L, 0, 0];
  for (const action of binomialSchedule(L, s)) {
    if (action.kind === "store") {
      expect(action.state).toBe(current);
      stored.push(action.state);
      most = Math.max(most, stored.length);
    } else if (action.kind === "drop") {
      expect(stored.pop()).toBe(action.state); // a stack: last stored, first dropped
    } else if (action.kind === "restore") {
      expect(stored).toContain(action.state);
      current = action.state;
    } else if (action.kind === "advance") {
      expect(action.from).toBe(current);
      expect(action.to).toBeGreaterThan(action.from);
      untaped += action.to - action.from;
      current = action.to;
    } else {
      expect(action.step).toBe(next);
      expect(current).toBe(action.step - 1);
      next--;
    }
  }
  expect(next).toBe(0);
  expect(stored).toEqual([]);
  return { untaped, most };
}

test("runs r·L − C(s + r, r − 1) steps without taping, in s snapshots", () => {
  for (let L = 1; L <= 48; L++) {
    for (const s of [1, 2, 3, 4, 5, 7, 12, 48, 60]) {
      const { untaped, most } = carryOut(L, s);
      expect(untaped, `L = ${L}, s = ${s}`).toBe(revolveUntapedSteps(L, s));
      expect(most).toBeLessThanOrEqual(s);
    }
  }
});

test("long chains, and every state kept", () => {
  for (const [L, s] of [
    [300, 3],
    [500, 12],
    [1999, 40],
  ] as const) {
    expect(carryOut(L, s).untaped).toBe(revolveUntapedSteps(L, s));
  }
  expect(carryOut(2000, Infinity)).toEqual({ untaped: 1999, most: 2000 });
});

test("refuses numbers that cannot be", () => {
  expect(() => binomialSchedule(0, 2)).toThrow("steps is 0");
  expect(() => binomialSchedule(Infinity, 2)).toThrow("steps is Infinity");
  expect(() => binomialSchedule(4, 1.5)).toThrow("snapshots is 1.5");
});
