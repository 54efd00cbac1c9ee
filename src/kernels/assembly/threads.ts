/** @file Products in several threads: each serves tasks from shared memory, woken by a counter. */

import { useScratch } from "./arithmetic.ts";
import { run } from "./program.ts";

/** A task is eight words: records from, to, input, output; first place of a one, distance to the next, how many; none. */
const TASK_BYTES: usize = 32;

/** How often a thread looks before it sleeps: about as long as waking it would take. */
const LOOKS: i32 = 4000;

/** Puts ones or zeros at the places of a task's seeds. */
function mark(task: usize, value: f64): void {
  let at = load<usize>(task, 16);
  const step = load<usize>(task, 20);
  for (let i = load<i32>(task, 24); i > 0; i--, at += step) store<f64>(at, value);
}

/** Does the tasks from `task` to `end`: marks the seeds, runs the records, clears the seeds. */
export function perform(task: usize, end: usize): void {
  for (; task < end; task += TASK_BYTES) {
    mark(task, 1);
    run(load<usize>(task), load<usize>(task, 4), load<usize>(task, 8), load<usize>(task, 12));
    mark(task, 0);
  }
}

/** Returns when the word at `at` is no longer `seen`: looks for a while, then sleeps. */
export function awaitChange(at: usize, seen: i32): void {
  for (let looks = 0; atomic.load<i32>(at) === seen; looks++) {
    if (looks > LOOKS) atomic.wait<i32>(at, seen, -1);
  }
}

/** Tells a thread to do tasks: words of `control` are orders given, orders done, tasks from, to. */
export function order(control: usize, task: usize, end: usize): void {
  store<usize>(control, task, 8);
  store<usize>(control, end, 12);
  atomic.add<i32>(control, 1);
  atomic.notify(control, 1);
}

/** The life of a thread: does what is ordered, for ever. The first order done is that it is there. */
export function serve(control: usize, scratch: usize): void {
  useScratch(scratch);
  for (let orders = 0; ; orders++) {
    atomic.add<i32>(control, 1, 4);
    atomic.notify(control + 4, 1);
    awaitChange(control, orders);
    perform(load<usize>(control, 8), load<usize>(control, 12));
  }
}
