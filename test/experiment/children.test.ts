/** @file Measuring processes: fresh ones for each plan, and a clear end if one fails or dies. */

import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { runPlans } from "../../src/experiment/children.ts";
import { expandExperiment } from "../../src/experiment/expand.ts";
import { parseConfig } from "../../src/experiment/load-config.ts";
import { schedule } from "../../src/experiment/schedule.ts";
import type { Measurement } from "../../src/results/types.ts";

const TIMING = { minTimeSeconds: 0.0002, minSamples: 1, maxTimeSeconds: 0 };
const CHILDREN = `/proc/${process.pid}/task/${process.pid}/children`;
const config = parseConfig(
  { name: "e", title: "E", chain: { list: [[3, 5, 2]] }, rounds: 2, processes: 2 },
  "f",
);
const expanded = expandExperiment({ config, file: "f", model: null });
const plans = schedule(config, ["3-5-2"], ["forward", "reverse"], null);

async function run(changes: Partial<Parameters<typeof runPlans>[0]> = {}) {
  const measured: Measurement[] = [];
  const complete = await runPlans({
    expanded,
    timing: TIMING,
    plans,
    machine: "m1",
    onMeasurement: (measurement) => void measured.push(measurement),
    shouldStop: () => false,
    ...changes,
  });
  return { complete, measured };
}

test("measures all visits in their order", async () => {
  const { complete, measured } = await run();
  expect(complete).toBe(true);
  const visits = plans.flatMap((plan) => plan.visits);
  expect(
    measured.map(({ repetition, process, round, case: id, variant }) => ({
      repetition,
      process,
      round,
      case: id,
      variant,
      role: "main",
    })),
  ).toEqual(visits);
  expect(measured.every((one) => one.machine === "m1" && one.role === "main")).toBe(true);
});

test("stops where it is told to", async () => {
  let asked = 0;
  const { complete, measured } = await run({ shouldStop: () => ++asked > 3 });
  expect(complete).toBe(false);
  expect(measured).toHaveLength(2);
});

describe("failures name the case and the variant", () => {
  test("of the work", async () => {
    const variants = expanded.variants.map((variant) => ({
      ...variant,
      record: { ...variant.record, kernel: "no-such-kernel" },
    }));
    await expect(run({ expanded: { ...expanded, variants } })).rejects.toThrow(
      /^case 3-5-2, strategy (forward|reverse): kernel "no-such-kernel" is not known/,
    );
  });

  test("of storing: the error comes through, and no process is left", async () => {
    const onMeasurement = (): void => {
      throw new Error("the disk is full");
    };
    await expect(run({ onMeasurement })).rejects.toThrow("the disk is full");
  });

  test.runIf(existsSync(CHILDREN))("of a process that dies", async () => {
    let before = new Set<string>();
    const shouldStop = (): boolean => {
      before = before.size === 0 ? new Set(childrenNow()) : before;
      return false;
    };
    const onMeasurement = (): void => {
      for (const pid of childrenNow().filter((child) => !before.has(child)))
        process.kill(Number(pid), "SIGKILL");
    };
    await expect(run({ shouldStop, onMeasurement })).rejects.toThrow(
      /the measuring process .*(SIGKILL|ended).*/,
    );
  });
});

function childrenNow(): string[] {
  return readFileSync(CHILDREN, "utf8").trim().split(" ").filter(Boolean);
}
