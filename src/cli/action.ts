/** @file How every command ends: exit codes, and errors as sentences for people instead of stack traces. */

import { JacobenchError } from "../errors.ts";

/** Exit codes of the command: done, failed, bad input, interrupted. */
export const EXIT = { done: 0, failed: 1, badInput: 2, interrupted: 130 } as const;

/**
 * Breaks a message between words where a terminal shows it, and nowhere else: programs and logs get whole lines. Indented
 * lines are commands to be copied, and stay whole.
 */
async function forTerminal(message: string): Promise<string> {
  if (!process.stderr.isTTY) return message;
  const { wrapText } = await import("../../analysis/text.ts");
  const columns = process.stderr.columns || 80;
  return message
    .split("\n")
    .flatMap((line) => (line.startsWith(" ") ? [line] : wrapText(line, columns)))
    .join("\n");
}

/**
 * Wraps the work of a command: a {@link JacobenchError} becomes one message on stderr and exit code 1 or 2; any other
 * error is a bug of ours and keeps its stack.
 *
 * @param work - receives what commander passes; may return an exit code
 */
export function action<Arguments extends unknown[]>(
  work: (...args: Arguments) => Promise<number | undefined> | number | undefined,
): (...args: Arguments) => Promise<void> {
  return async (...args) => {
    try {
      process.exitCode = (await work(...args)) ?? EXIT.done;
    } catch (error) {
      if (error instanceof JacobenchError) {
        process.stderr.write(`${await forTerminal(`jacobench: ${error.message}`)}\n`);
        process.exitCode = error.isInputError ? EXIT.badInput : EXIT.failed;
        return;
      }
      process.stderr.write(
        `jacobench: unexpected error; please report it\n${(error as Error)?.stack ?? error}\n`,
      );
      process.exitCode = EXIT.failed;
    }
  };
}
