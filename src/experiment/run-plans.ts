/** @file Runs plans in fresh processes of whatever kind, one at a time, and hands each measurement over before the next begins. */

import { JacobenchError } from "../errors.ts";
import type { Measurement } from "../results/types.ts";
import type { Warning } from "../warnings.ts";
import type { Assignment, Reply, Request } from "./messages.ts";
import type { ProcessPlan, Visit } from "./schedule.ts";

/** A measuring process: a child of Node, or a Web Worker. */
export type MeasuringProcess = {
  /** Sends a request and waits for its reply; rejects if the process fails or ends. */
  ask(request: Request, where: string): Promise<Reply>;
  end(): Promise<void>;
  /** True where it was ended from outside, together with us. */
  interrupted(): boolean;
};

/** What is to be run, by whom, and who is told. */
export type PlanRun = {
  readonly assignment: Assignment;
  readonly plans: readonly ProcessPlan[];
  /** `id` of the environment, for the records. */
  readonly machine: string;
  readonly startProcess: () => MeasuringProcess;
  /** What is doubtful at the start of a process; said once, on its first measurement. */
  readonly warningsAtStart: () => readonly Warning[];
  /** Stores a measurement; the next one begins when it returns. */
  readonly onMeasurement: (measurement: Measurement) => void;
  /** Asked before each measurement; true ends the run there. */
  readonly shouldStop: () => boolean;
};

/**
 * Runs the plans, each with visits in a process of its own.
 *
 * @returns true if everything was measured, false if `shouldStop` ended it
 * @throws {JacobenchError} `ERR_MEASURE` if a process fails or dies, naming the case and the variant
 */
export async function runPlansIn(options: PlanRun): Promise<boolean> {
  for (const plan of options.plans) {
    if (plan.visits.length === 0) continue;
    if (options.shouldStop()) return false;
    const warnings = options.warningsAtStart();
    const child = options.startProcess();
    try {
      await child.ask({ kind: "start", assignment: options.assignment }, "starting");
      for (const [i, visit] of plan.visits.entries()) {
        if (options.shouldStop()) return false;
        const measurement = await measure(child, visit, options.machine);
        const added = i > 0 ? [] : warnings;
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

async function measure(child: MeasuringProcess, visit: Visit, machine: string): Promise<Measurement> {
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
    role: visit.role,
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

/** Six digits are more than any clock has; files stay readable and small. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
