/** @file Runs plans in fresh child processes, one at a time, and hands each measurement over before the next begins. (N) */

import { type ChildProcess, fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { JacobenchError } from "../errors.ts";
import { loadWarning, oneMinuteLoad } from "../measure/load.ts";
import { siblingModule } from "../package-root.ts";
import type { Measurement } from "../results/types.ts";
import type { Expanded } from "./expand.ts";
import type { Assignment, Reply, Request } from "./messages.ts";
import type { ProcessPlan, Visit } from "./schedule.ts";

/** What is to be run, and who is told. */
export type RunOptions = {
  readonly expanded: Expanded;
  readonly timing: Assignment["timing"];
  readonly plans: readonly ProcessPlan[];
  /** `id` of the environment, for the records. */
  readonly machine: string;
  /** Stores a measurement; the next one begins when it returns. */
  readonly onMeasurement: (measurement: Measurement) => void;
  /** Asked before each measurement; true ends the run there. */
  readonly shouldStop: () => boolean;
};

/**
 * Runs the plans, each with visits in a process of its own.
 *
 * @returns true if everything was measured, false if `shouldStop` ended it
 * @throws {JacobenchError} `ERR_MEASURE` if a child fails or dies, naming the case and the variant
 */
export async function runPlans(options: RunOptions): Promise<boolean> {
  const assignment = assignmentOf(options);
  for (const plan of options.plans) {
    if (plan.visits.length === 0) continue;
    if (options.shouldStop()) return false;
    const busy = loadWarning(oneMinuteLoad(), availableParallelism());
    const child = startChild();
    try {
      await child.ask({ kind: "start", assignment }, "starting");
      for (const [i, visit] of plan.visits.entries()) {
        if (options.shouldStop()) return false;
        const measurement = await measure(child, visit, plan.role, options.machine);
        // Said once a process: on its first measurement.
        const added = busy === null || i > 0 ? [] : [busy];
        options.onMeasurement({ ...measurement, warnings: [...measurement.warnings, ...added] });
      }
    } catch (error) {
      // Killed together with us by an interrupt from the terminal.
      if (child.interrupted()) return false;
      throw error;
    } finally {
      await child.end();
    }
  }
  return true;
}

async function measure(
  child: Child,
  visit: Visit,
  role: Measurement["role"],
  machine: string,
): Promise<Measurement> {
  const where = `case ${visit.case}, strategy ${visit.variant}`;
  const reply = await child.ask({ kind: "measure", case: visit.case, variant: visit.variant }, where);
  if (reply.kind !== "measured")
    throw new JacobenchError("ERR_MEASURE", `${where}: the measuring process is out of step`);
  const { samples, secondsPrepare, secondsValue, runsPerSample, maxAbsError, maxAbsReference, warnings } =
    reply.measured;
  // In the order of the schema: a record that was read back is written as the same bytes.
  return {
    case: visit.case,
    variant: visit.variant,
    machine,
    role,
    repetition: visit.repetition,
    process: visit.process,
    round: visit.round,
    secondsPrepare: rounded(secondsPrepare),
    ...(secondsValue != null && { secondsValue: rounded(secondsValue) }),
    samples: samples.map(rounded),
    runsPerSample,
    maxAbsError: rounded(maxAbsError),
    maxAbsReference: rounded(maxAbsReference),
    warnings,
  };
}

type Child = {
  /** Sends a request and waits for its reply. */
  ask(request: Request, where: string): Promise<Reply>;
  end(): Promise<void>;
  interrupted(): boolean;
};

function startChild(): Child {
  const process = fork(siblingModule(import.meta.url, "./worker"), [], {
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  let waiting: { resolve(reply: Reply): void; reject(error: Error): void } | null = null;
  let where = "starting";
  const ended = new Promise<void>((resolve) => {
    const died = (reason: string): void => {
      waiting?.reject(
        new JacobenchError(
          "ERR_MEASURE",
          `${where}: the measuring process ${reason}; what was measured before is kept: continue with --resume`,
        ),
      );
      waiting = null;
      resolve();
    };
    process.on("error", (error) => died(`could not be started or reached: ${error.message}`));
    process.on("exit", (code, signal) =>
      died(signal === null ? `ended with code ${code}` : `was ended by ${signal}`),
    );
  });
  process.on("message", (reply: Reply) => {
    const { resolve, reject } = waiting!;
    waiting = null;
    if (reply.kind === "failed")
      reject(new JacobenchError(reply.code ?? "ERR_MEASURE", `${where}: ${reply.message}`));
    else resolve(reply);
  });
  return {
    ask: (request, place) =>
      new Promise((resolve, reject) => {
        where = place;
        waiting = { resolve, reject };
        if (hasEnded(process))
          reject(new JacobenchError("ERR_MEASURE", `${place}: the measuring process has ended`));
        else process.send(request);
      }),
    end: async () => {
      if (!hasEnded(process)) {
        if (process.connected) process.disconnect();
        process.kill("SIGKILL");
      }
      await ended;
    },
    interrupted: () => process.signalCode === "SIGINT",
  };
}

function hasEnded(process: ChildProcess): boolean {
  return process.exitCode !== null || process.signalCode !== null;
}

function assignmentOf({ expanded, timing }: RunOptions): Assignment {
  return {
    cases: expanded.cases.map(({ record, recipe }) => ({ id: record.id, recipe })),
    variants: expanded.variants.map(({ record, options }) => ({
      label: record.label,
      strategy: record.strategy,
      kernel: record.kernel,
      options,
    })),
    timing,
  };
}

/** Six digits are more than any clock has; files stay readable and small. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
