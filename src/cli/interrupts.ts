/** @file Interrupts of a command that runs for minutes: the first one ends it in good order, the second one at once. */

import { constants } from "node:os";

/**
 * Listens for SIGINT and SIGTERM.
 *
 * @param sentence - what is said at the first one: how the work ends
 * @returns `happened()` is true from the first one on; a second one leaves with the shell's exit code for its signal
 */
export function listenForInterrupts(sentence: string): { happened(): boolean; stopListening(): void } {
  let count = 0;
  const listener = (signal: NodeJS.Signals): void => {
    count++;
    if (count > 1) process.exit(128 + constants.signals[signal]);
    process.stderr.write(`\njacobench: interrupted; ${sentence} …\n`);
  };
  process.on("SIGINT", listener);
  process.on("SIGTERM", listener);
  return {
    happened: () => count > 0,
    stopListening: () => {
      process.off("SIGINT", listener);
      process.off("SIGTERM", listener);
    },
  };
}
