/** @file The pilot: seconds an FMA by a clock of known speed, whatever its step; and what it refuses. */

import { expect, test } from "vitest";
import { planConfig } from "../../../src/explorer/measure/config.ts";
import { followInBrowser, layOut } from "../../../src/explorer/measure/lay-out.ts";
import { probe } from "../../../src/explorer/measure/probe.ts";

/** A clock that goes on by 10 ms at each reading: as if every run took so long. */
function clock(): () => number {
  let seconds = 5;
  return () => {
    seconds += 0.01;
    return seconds;
  };
}

const CHOICE = { kernel: "typed", activation: null } as const;
/** 16 JVPs through 16-96-96-10. */
const FMA = 16 * (16 * 96 + 96 * 96 + 96 * 10);

test("seconds an FMA: what a run takes by the clock, over its FMA", () => {
  const { secondsPerFma, clockResolutionSeconds } = probe(CHOICE, clock(), 1e-4);
  expect(clockResolutionSeconds).toBe(1e-4);
  expect(secondsPerFma * FMA).toBeCloseTo(0.01, 6);
  // On a clock of 1 ms it goes on for 30 steps, on one of 10 ms for 30 of these.
  expect(probe(CHOICE, clock(), 0.01).secondsPerFma * FMA).toBeCloseTo(0.01, 6);
});

test("with the real clock and an activation", () => {
  const { secondsPerFma } = probe({ kernel: "reference", activation: "tanh" });
  expect(secondsPerFma).toBeGreaterThan(0);
  expect(secondsPerFma).toBeLessThan(1e-3);
});

test("on a clock that stands still nothing is run", () => {
  const stopped = (): number => {
    throw new Error("was read");
  };
  expect(probe(CHOICE, stopped, Number.POSITIVE_INFINITY).secondsPerFma).toBeNaN();
});

test("a kernel that is not there, and a model file, are refused", async () => {
  expect(() => probe({ kernel: "abacus", activation: null })).toThrow(/kernel "abacus" is not known/);
  expect(() => followInBrowser({ kind: "model", model: {}, where: "net.json", rngSeed: 1 })).toThrow(
    /net\.json: is a model file/,
  );
  const { config } = planConfig(
    { widths: [3, 2], length: "quick", software: { packages: {}, gitCommit: null } },
    [[3, 2]],
    { secondsPerFma: 1e-9, clockResolutionSeconds: 1e-4 },
  );
  const chain = { grid: { n: [3], m: [2], hidden: [4], depth: [2] }, combine: "cartesian" as const };
  await expect(layOut({ config: { ...config, chain }, limitFma: 1 })).rejects.toThrow(/no list of widths/);
  const { costs, cases } = await layOut({ config, limitFma: 1 });
  expect(cases.map(({ id }) => id)).toEqual(["3-2"]);
  expect(costs.map(({ fmaCounted, fmaPredicted }) => [fmaCounted, fmaPredicted])).toEqual([
    [null, 18],
    [null, 12],
  ]);
});
