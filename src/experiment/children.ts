/** @file Runs plans in fresh child processes, one at a time, and hands each measurement over before the next begins. (N) */

import { type ChildProcess, fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { JacobenchError } from "../errors.ts";
import { loadWarning, oneMinuteLoad } from "../measure/load.ts";
import { siblingModule } from "../package-root.ts";
import type { Measurement } from "../results/types.ts";
import type { Expanded } from "./expand.ts";
import { type Assignment, assignmentOf, type Reply } from "./messages.ts";
import { type MeasuringProcess, runPlansIn } from "./run-plans.ts";
import type { ProcessPlan } from "./schedule.ts";

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
  const { plans, machine, onMeasurement, shouldStop } = options;
  return runPlansIn({
    assignment: assignmentOf(options.expanded, options.timing),
    plans,
    machine,
    startProcess: startChild,
    warningsAtStart: () => {
      const busy = loadWarning(oneMinuteLoad(), availableParallelism());
      return busy === null ? [] : [busy];
    },
    onMeasurement,
    shouldStop,
  });
}

function startChild(): MeasuringProcess {
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
