/** @file The order of measuring: rounds are complete and shuffled, shards partition them, seeds decide. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseShard, schedule, visitKey } from "../../src/experiment/schedule.ts";

const cases = ["a", "b", "c", "d", "e"];
const variants = ["x", "y", "z"];
const options = { rounds: 15, processes: 5, repetitions: 2, rngSeed: 1 };
const all = schedule(options, cases, variants, null);

test("each round visits every case and variant once, a case's variants in a row", () => {
  for (const repetition of [0, 1]) {
    for (let round = 0; round < 15; round++) {
      const visits = all
        .flatMap((plan) => plan.visits)
        .filter((visit) => visit.repetition === repetition && visit.round === round);
      expect(new Set(visits.map(visitKey)).size).toBe(15);
      const runs = visits.map((visit) => visit.case).filter((id, i, list) => id !== list[i - 1]);
      expect([...runs].sort()).toEqual(cases);
    }
  }
});

test("rounds are spread evenly and in order over the processes of a repetition", () => {
  expect(all.map(({ repetition, process }) => [repetition, process])).toEqual(
    [0, 1].flatMap((repetition) => [0, 1, 2, 3, 4].map((process) => [repetition, process])),
  );
  for (const plan of all) {
    const rounds = [...new Set(plan.visits.map((visit) => visit.round))];
    expect(rounds).toEqual([0, 1, 2].map((i) => 3 * plan.process + i));
  }
});

test("orders differ between rounds and repetitions, and with rngSeed, and are the same each time", () => {
  const order = (plans: typeof all) =>
    plans.map((plan) => plan.visits.map((visit) => visit.case + visit.variant).join());
  expect(new Set(order(all)).size).toBe(all.length);
  expect(schedule(options, cases, variants, null)).toEqual(all);
  expect(order(schedule({ ...options, rngSeed: 2 }, cases, variants, null))).not.toEqual(order(all));
});

test("variants change places: none always goes first", () => {
  const firsts = all.flatMap((plan) => plan.visits).filter((_, i) => i % variants.length === 0);
  for (const variant of variants) {
    const share = firsts.filter((visit) => visit.variant === variant).length / firsts.length;
    expect(share).toBeGreaterThan(0.15);
    expect(share).toBeLessThan(0.6);
  }
});

describe("pilots", () => {
  const pilots = ["b", "d"];
  const plans = schedule(options, cases, variants, null, pilots);
  const visits = (phase: string) =>
    plans.filter((plan) => plan.phase === phase).flatMap((plan) => plan.visits);

  test("are measured in all their rounds, in processes of their own, before the rest", () => {
    expect(plans.map(({ phase }) => phase)).toEqual([...Array(10).fill("pilot"), ...Array(10).fill("main")]);
    for (const [role, own] of [
      ["pilot", pilots],
      ["main", ["a", "c", "e"]],
    ] as const) {
      expect(new Set(visits(role).map((visit) => visit.case))).toEqual(new Set(own));
      for (const id of own) {
        const rounds = visits(role).filter((visit) => visit.case === id && visit.variant === "x");
        expect(rounds).toHaveLength(2 * 15);
      }
    }
  });

  test("numbers of processes and rounds are unique in a repetition, and in the order of time", () => {
    const numbers = plans.filter(({ repetition }) => repetition === 0);
    expect(numbers.map(({ process }) => process)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const rounds = [...new Set(numbers.flatMap((plan) => plan.visits.map(({ round }) => round)))];
    expect(rounds).toEqual(Array.from({ length: 30 }, (_, i) => i));
    expect(new Set(plans.flatMap((plan) => plan.visits.map(visitKey))).size).toBe(2 * 15 * 5 * 3);
  });
});

test("anchors stand among the other cases, and say that they are anchors", () => {
  const [plan] = schedule(options, cases, variants, { index: 1, count: 9, by: "cases" }, [], ["c"]);
  const round = plan!.visits.filter((visit) => visit.round === 0);
  expect(new Set(round.map((visit) => visit.case))).toEqual(new Set(cases));
  for (const visit of round) expect(visit.role).toBe(visit.case === "c" ? "anchor" : "main");
});

describe("shards by processes", () => {
  test("of any number are a partition, and each has all cases", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 1, max: 7 }),
        (processes, extraRounds, wanted) => {
          const count = Math.min(wanted, processes);
          const given = { rounds: processes + extraRounds, processes, repetitions: 2, rngSeed: 3 };
          const whole = schedule(given, cases, variants, null).flatMap((plan) => plan.visits);
          const parts = Array.from({ length: count }, (_, i) =>
            schedule(given, cases, variants, { index: i + 1, count, by: "processes" }).flatMap(
              (plan) => plan.visits,
            ),
          );
          expect(parts.flat().map(visitKey).sort()).toEqual(whole.map(visitKey).sort());
          for (const part of parts) expect(new Set(part.map((visit) => visit.case)).size).toBe(cases.length);
        },
      ),
    );
  });

  test("more shards than processes are refused", () => {
    expect(() => schedule(options, cases, variants, { index: 1, count: 6, by: "processes" })).toThrow(
      "shard: 6 shards for 5 processes in each repetition; expected at most 5",
    );
  });

  test.each(["0/2", "3/2", "1", "a/b", "1/0", "-1/2", "1/2/3", "1.5/2"])("%s is no shard", (text) => {
    expect(() => parseShard(text)).toThrow(`--shard: found "${text}"; expected I/N with I from 1 to N`);
  });

  test("I/N is read", () => expect(parseShard("2/4")).toEqual({ index: 2, count: 4 }));
});
