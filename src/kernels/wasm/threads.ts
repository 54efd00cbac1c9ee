/**
 * @file Products in several threads: worker threads of Node that share the kernel's memory.
 *
 * The contract of such a thread is small. It gets the compiled module and the shared memory, makes an instance on them
 * with scratch memory of its own, and serves: `serve(control, scratch)` sleeps until the counter at `control` changes,
 * does the tasks whose addresses stand beside it (see src/kernels/assembly/threads.ts), and counts up the second word.
 * Operands, records and results lie in the one memory, so that nothing is sent and an order costs microseconds; `run` is
 * synchronous, which rules out pools that exchange messages (their answers come through the event loop).
 *
 * The calling thread does the first lane itself and then waits. Threads start at the first preparation that wants them,
 * stay for the next one, do not keep the process alive, and end with their memory.
 */

import { FLOAT64_BYTES, type Matrix } from "../../array.ts";
import { JacobenchError } from "../../errors.ts";
import type { SeededProduct } from "../types.ts";
import type { Arena } from "./arena.ts";
import { type Program, recordProgram } from "./program.ts";

const TASK_WORDS = 8;
const CONTROL_BYTES = 64;
/** A thread starts in about 30 ms; on a machine that is very busy in some seconds. */
const START_MILLISECONDS = 30_000;

/** One thread: where its orders stand, and how many it was given. */
type Thread = { readonly control: number; orders: number };

/** The whole program of a thread; the loop is in WebAssembly. */
const THREAD_PROGRAM = `
const { module, memory, control, scratch } = require("node:worker_threads").workerData;
new WebAssembly.Instance(module, { env: { memory } }).exports.serve(control, scratch);
`;

/** Threads by memory. They must not keep their arena alive, whose end is theirs. */
const pools = new WeakMap<Arena, Thread[]>();
const ending = new FinalizationRegistry((end: () => void) => end());

/** The part of Node's worker threads that is used; asked for when wanted, since browsers have no such module to import. */
type WorkerThreads = {
  readonly Worker: new (program: string, options: object) => { unref(): void; terminate(): Promise<number> };
};

function workerThreads(): WorkerThreads {
  const node = (globalThis as { process?: Partial<NodeJS.Process> }).process;
  if (node?.getBuiltinModule === undefined) {
    throw new JacobenchError(
      "ERR_UNSUPPORTED",
      'kernel "wasm": threads need worker threads of Node; expected threads 1 here',
    );
  }
  return node.getBuiltinModule("node:worker_threads") as WorkerThreads;
}

function startThread(arena: Arena): Thread {
  const { Worker } = workerThreads();
  const scratchBytes = arena.exports.scratchBytes();
  const owner = {};
  const control = arena.reserve(CONTROL_BYTES + scratchBytes, owner);
  const { module, memory } = arena;
  const worker = new Worker(THREAD_PROGRAM, {
    eval: true,
    // Not those of this process: they may be about its own program.
    execArgv: [],
    workerData: { module, memory, control, scratch: control + CONTROL_BYTES },
  });
  worker.unref();
  // The memory of `owner` is as old as the worker: both end with the arena.
  ending.register(arena, () => {
    void worker.terminate();
    void owner;
  });
  return { control, orders: 0 };
}

/** The first `count` threads of a memory, started where they are not yet there. */
function threadsOf(arena: Arena, count: number): Thread[] {
  const threads = pools.get(arena) ?? [];
  pools.set(arena, threads);
  const known = threads.length;
  while (threads.length < count) threads.push(startThread(arena));
  const started = new Int32Array(arena.memory.buffer);
  for (const { control } of threads.slice(known)) {
    if (Atomics.wait(started, control / 4 + 1, 0, START_MILLISECONDS) === "timed-out") {
      threads.splice(known);
      throw new JacobenchError(
        "ERR_UNSUPPORTED",
        `kernel "wasm": a thread did not start within ${START_MILLISECONDS / 1000} s; expected threads 1 here`,
      );
    }
  }
  return threads.slice(0, count);
}

/**
 * Prepares lanes of products, each done by a thread of its own, one product after another.
 *
 * @param arena - where operands lie
 * @param lanes - the calling thread does the first; seeds and buffers are not shared between lanes
 * @returns what does all of them and returns when all are done; null where an operand lies elsewhere
 * @throws {JacobenchError} `ERR_UNSUPPORTED` without worker threads or shared memory
 */
export function prepareLanes(
  arena: Arena,
  lanes: readonly (readonly SeededProduct[])[],
): { run: () => void; bytes: number } | null {
  if (arena.memory.buffer instanceof ArrayBuffer) {
    throw new JacobenchError(
      "ERR_UNSUPPORTED",
      'kernel "wasm": threads need shared memory, which this engine has not; expected threads 1 here',
    );
  }
  let bytes = 0;
  const held: unknown[] = [];
  const programs = new Map<Matrix, Program | null>();
  const placed: { task: number; end: number }[] = [];
  for (const lane of lanes) {
    const words: number[] = [];
    for (const { write, input, output, axis, first } of lane) {
      let program = programs.get(input);
      if (program === undefined) {
        program = recordProgram(arena, write, input, output);
        programs.set(input, program);
        bytes += program?.bytes ?? 0;
      }
      if (program === null) return null;
      const at = (array: Matrix): number => array.data.byteOffset + FLOAT64_BYTES * array.offset;
      const along = input.stride[axis]!;
      const across = input.stride[1 - axis]!;
      words.push(
        program.start,
        program.end,
        at(input),
        at(output),
        at(input) + FLOAT64_BYTES * first * across,
        FLOAT64_BYTES * (along + across),
        input.shape[axis]!,
        0,
      );
      held.push(program, input, output);
    }
    const owner = {};
    held.push(owner);
    const task = arena.reserve(Math.max(1, words.length) * 4, owner);
    new Int32Array(arena.memory.buffer, task, words.length).set(words);
    bytes += 4 * words.length;
    placed.push({ task, end: task + 4 * TASK_WORDS * lane.length });
  }
  const threads = threadsOf(arena, lanes.length - 1);
  const { order, perform, awaitChange } = arena.exports;
  const run = (): void => {
    for (let t = 0; t < threads.length; t++) {
      const { task, end } = placed[t + 1]!;
      threads[t]!.orders++;
      order(threads[t]!.control, task, end);
    }
    perform(placed[0]!.task, placed[0]!.end);
    for (const { control, orders } of threads) awaitChange(control + 4, orders);
    void held;
  };
  return { run, bytes };
}
