/** @file A measurement with made-up workers and a made-up clock: order, progress, results, cancelling, and what goes wrong. */

import { describe, expect, test } from "vitest";
import { layOut } from "../../../src/explorer/measure/lay-out.ts";
import type { WorkerReply, WorkerRequest } from "../../../src/explorer/measure/messages.ts";
import type {
  MeasurementOutcome,
  MeasurementProgress,
  MeasurementRequest,
} from "../../../src/explorer/measure/request.ts";
import { runSession, type Surroundings } from "../../../src/explorer/measure/session.ts";
import type { WorkerLike } from "../../../src/explorer/measure/worker-process.ts";
import { parseResults } from "../../../src/results/parse.ts";

const REQUEST: MeasurementRequest = {
  widths: [64, 32, 48, 10],
  length: "full",
  software: { packages: { jacobench: "0.1.0" }, gitCommit: null },
};
const SECONDS_PER_FMA = 2e-9;
const SECONDS_PER_VISIT = 0.1;

type Behaviour = {
  readonly clockResolutionSeconds?: number;
  /** What a worker does in place of an answer, from the given visit on. */
  readonly fails?: { readonly visit: number; readonly how: "reply" | "crash" };
  readonly cannotStart?: boolean;
  readonly hidden?: boolean;
  readonly request?: Partial<MeasurementRequest>;
  /** Cancels when so many measurements are told. */
  readonly cancelAt?: number | "pilot" | "counting";
};

type Told = {
  readonly progress: MeasurementProgress[];
  readonly workers: { terminated: number; visits: number }[];
  outcome: MeasurementOutcome | null;
  error: Error | null;
};

/** Runs a session on a machine that obeys t = products · Σ · constant exactly. */
async function run(behaviour: Behaviour = {}): Promise<Told> {
  const told: Told = { progress: [], workers: [], outcome: null, error: null };
  let seconds = 1_790_000_000;
  let visits = 0;
  const startWorker = (): WorkerLike => {
    if (behaviour.cannotStart) throw new Error("blocked by the page's policy");
    const state = { terminated: 0, visits: 0 };
    told.workers.push(state);
    let modes = new Map<string, string>();
    const answer = async (request: WorkerRequest): Promise<WorkerReply | null> => {
      switch (request.kind) {
        case "probe":
          return {
            kind: "probed",
            secondsPerFma: SECONDS_PER_FMA,
            clockResolutionSeconds: behaviour.clockResolutionSeconds ?? 1e-4,
          };
        case "lay-out":
          return layOut(request);
        case "start":
          modes = new Map(request.assignment.variants.map(({ label, strategy }) => [label, strategy]));
          return { kind: "ready" };
        case "measure": {
          state.visits++;
          seconds += SECONDS_PER_VISIT;
          if (behaviour.fails !== undefined && visits++ >= behaviour.fails.visit) {
            if (behaviour.fails.how === "crash") return null;
            return { kind: "failed", code: "ERR_MEASURE", message: "the timed work failed" };
          }
          const widths = request.case.split("-").map(Number);
          const sigma = widths.slice(1).reduce((sum, width, i) => sum + width * widths[i]!, 0);
          const products = modes.get(request.variant) === "forward" ? widths[0]! : widths.at(-1)!;
          const time = products * sigma * SECONDS_PER_FMA;
          return {
            kind: "measured",
            measured: {
              secondsPrepare: 1e-6,
              samples: [time, time, time],
              runsPerSample: 10,
              maxAbsError: 1e-16,
              maxAbsReference: 1,
              warnings: [],
            },
          };
        }
      }
    };
    const worker: WorkerLike = {
      onmessage: null,
      onerror: null,
      postMessage: (request) => {
        void answer(request).then((data) => {
          if (state.terminated > 0) return;
          if (data === null) worker.onerror!({ message: "out of memory" } as ErrorEvent);
          else worker.onmessage!({ data } as MessageEvent<WorkerReply>);
        });
      },
      terminate: () => {
        state.terminated++;
      },
    };
    return worker;
  };
  const around: Surroundings = {
    globals: { navigator: { userAgent: "Firefox/151.0", hardwareConcurrency: 4 } },
    startWorker,
    now: () => 1000 * seconds,
    hidden: () => behaviour.hidden ?? false,
  };
  const running = runSession(
    { ...REQUEST, ...behaviour.request },
    (progress) => {
      told.progress.push(progress);
      const { cancelAt } = behaviour;
      if (cancelAt === progress.phase || (cancelAt === progress.done && progress.done > 0)) running.cancel();
    },
    around,
  );
  await running.finished.then(
    (outcome) => {
      told.outcome = outcome;
    },
    (error: Error) => {
      told.error = error;
    },
  );
  return told;
}

function measured({ outcome, error }: Told) {
  expect(error).toBeNull();
  if (outcome === null || outcome.kind === "cancelled") throw new Error(`no results: ${outcome?.kind}`);
  return outcome;
}

test("to the end: the law is found, the file is one that the command reads", async () => {
  const told = await run();
  const outcome = measured(told);
  expect(outcome.kind).toBe("complete");
  for (const [law, own, other] of [
    [outcome.forward, "n", "m"],
    [outcome.reverse, "m", "n"],
  ] as const) {
    expect(law.exponents[own]!.estimate).toBeCloseTo(1, 4);
    expect(law.exponents[other]!.estimate).toBeCloseTo(0, 4);
    expect(law.exponents.sigma!.estimate).toBeCloseTo(1, 4);
    expect(law.exponents[own]!.interval95).not.toBeNull();
  }
  expect(outcome.crossover).toMatchObject({ kind: "found", reverseAbove: true });
  const stored = parseResults(JSON.parse(outcome.json), "alice.json");
  expect(JSON.parse(JSON.stringify(outcome.results))).toEqual(JSON.parse(JSON.stringify(stored)));
  expect(stored.environments[0]).toMatchObject({
    runtime: "browser",
    runtimeVersion: "Firefox 151",
    cores: 4,
  });
  expect(stored.environments[0]!.finishedAt! > stored.environments[0]!.startedAt).toBe(true);
  expect(stored.cases.map(({ id }) => id)).toContain("64-32-48-10");
  expect(stored.costs.every(({ fmaCounted, fmaPredicted }) => fmaCounted === fmaPredicted)).toBe(true);
  expect(outcome.csv.split("\n")).toHaveLength(stored.measurements.length + 2);
  expect(outcome.fileName).toMatch(/^jacobench-firefox-151-2026-\d\d-\d\d-\d{6}$/);
  expect(outcome.sentences.join(" ")).toMatch(
    /Forward: time grows as n to the power 1\.00 .*Reverse: .*equally long at n\/m = 1\.00/,
  );
  expect(outcome.points).toHaveLength(2 * stored.cases.length);
  expect(outcome.scalingChart({ theme: "dark" }).usermeta).toMatchObject({ jacobench: { theme: "dark" } });
  expect(outcome.exponentsChart()).not.toBeNull();
});

test("a fresh worker for the pilot and for each process, one after another, each ended once", async () => {
  const told = await run();
  const { results } = measured(told);
  expect(told.workers).toHaveLength(6);
  expect(told.workers.map(({ terminated }) => terminated)).toEqual([1, 1, 1, 1, 1, 1]);
  expect(new Set(told.workers.slice(1).map(({ visits }) => visits)).size).toBe(1);
  expect(new Set(results.measurements.map(({ process }) => process)).size).toBe(5);
  // Every round visits every case under both modes, in an order of its own.
  const orders = new Set(
    [...new Set(results.measurements.map(({ round }) => round))].map((round) => {
      const own = results.measurements.filter((one) => one.round === round);
      expect(new Set(own.map((one) => `${one.case} ${one.variant}`)).size).toBe(2 * results.cases.length);
      return own.map((one) => one.case).join();
    }),
  );
  expect(orders.size).toBeGreaterThan(10);
});

test("the same request gives the same order; another rngSeed another", async () => {
  const orderOf = async (rngSeed: number) =>
    measured(await run({ request: { rngSeed, length: "quick" } })).results.measurements.map(
      (one) => one.case,
    );
  expect(await orderOf(3)).toEqual(await orderOf(3));
  expect(await orderOf(3)).not.toEqual(await orderOf(4));
});

test("progress: phases in order, one step a measurement, the time left by what has passed", async () => {
  const { progress } = await run({ request: { length: "quick" } });
  expect(progress.map(({ phase }) => phase).slice(0, 3)).toEqual(["pilot", "counting", "measuring"]);
  const steps = progress.filter(({ phase }) => phase === "measuring");
  const { total } = steps[0]!;
  expect(steps.map(({ done }) => done)).toEqual(Array.from({ length: total + 1 }, (_, i) => i));
  expect(steps[0]!.secondsLeft).toBeGreaterThan(0);
  for (const { done, secondsLeft, latest } of steps.slice(1)) {
    expect(secondsLeft).toBeCloseTo(SECONDS_PER_VISIT * (total - done), 3);
    expect(latest!.seconds).toBeCloseTo(latest!.work * SECONDS_PER_FMA, 9);
  }
  expect(steps.at(-1)!.warnings.map(({ code }) => code)).toEqual(["clock-coarse"]);
});

test("a quick run says that it is one, and has no intervals", async () => {
  const { results, forward, sentences } = measured(await run({ request: { length: "quick" } }));
  expect(results.quick).toBe(true);
  expect(forward.exponents.n).toEqual({ estimate: expect.closeTo(1, 4), interval95: null });
  expect(sentences[0]).toMatch(/no intervals: a quick run/);
});

describe("cancelling", () => {
  test.each(["pilot", "counting", 1, 19] as const)(
    "at %s: no results, the worker is ended",
    async (cancelAt) => {
      const told = await run({ cancelAt });
      expect(told.outcome).toEqual({ kind: "cancelled" });
      expect(told.workers.every(({ terminated }) => terminated === 1)).toBe(true);
      expect(told.progress.filter(({ done }) => done > 0).length).toBeLessThanOrEqual(19);
    },
  );

  test("after two whole rounds these are kept, and the third, half done, is not", async () => {
    const all = measured(await run());
    const size = 2 * all.results.cases.length;
    const told = await run({ cancelAt: 2 * size + 5 });
    const outcome = measured(told);
    expect(outcome.kind).toBe("partial");
    expect(outcome.results.measurements).toEqual(all.results.measurements.slice(0, 2 * size));
    expect(outcome.results.config).toMatchObject({ rounds: 2, processes: 1 });
    expect(outcome.results.configHash).not.toBe(all.results.configHash);
    expect(outcome.forward.noInterval).toMatch(/2 rounds/);
    expect(() => parseResults(JSON.parse(outcome.json), "partial.json")).not.toThrow();
    expect(told.progress.at(-1)!.done).toBe(2 * size + 5);
  });
});

describe("what goes wrong is told in a sentence", () => {
  test("a worker that answers with an error, and one that dies", async () => {
    const failed = await run({ fails: { visit: 7, how: "reply" } });
    expect(failed.error).toMatchObject({ code: "ERR_MEASURE" });
    expect(failed.error!.message).toMatch(/^case [\d-]+, strategy (forward|reverse): the timed work failed/);
    expect(failed.workers.every(({ terminated }) => terminated === 1)).toBe(true);
    const crashed = await run({ fails: { visit: 0, how: "crash" } });
    expect(crashed.error!.message).toMatch(/the measuring worker failed: out of memory; try again/);
  });

  test("a page that may start no worker", async () => {
    const { error } = await run({ cannotStart: true });
    expect(error!.message).toMatch(/may start no Web Worker \(blocked.*worker-src blob:/);
  });

  test.each([
    [0.1, /moves in steps of 100 ms.*resistFingerprinting/],
    [Number.POSITIVE_INFINITY, /does not move/],
  ])("a clock of %d s", async (clockResolutionSeconds, message) => {
    const { error, workers } = await run({ clockResolutionSeconds });
    expect(error!.message).toMatch(message);
    expect(workers).toHaveLength(1);
  });

  test("a page in the background is warned of", async () => {
    const { warnings, results } = measured(await run({ hidden: true, request: { length: "quick" } }));
    expect(warnings.map(({ code }) => code).sort()).toEqual(["clock-coarse", "load-high"]);
    // Once a process.
    const warned = results.measurements.filter((one) => one.warnings.length > 0);
    expect(warned).toHaveLength(2);
  });
});
