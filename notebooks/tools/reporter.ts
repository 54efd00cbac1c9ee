/** @file What the command says: progress on standard error, redrawn on a terminal; results and problems as lines. */

import { wantsBar } from "../../src/cli/progress.ts";
import type { ExecutionProgress } from "./execute.ts";

/** Where messages go. */
export type Reporter = {
  /** Something that was done. */
  readonly say: (line: string) => void;
  /** Something that is wrong. */
  readonly problem: (line: string) => void;
  readonly execution: ExecutionProgress;
};

/**
 * Makes a reporter for this process.
 *
 * @param stream - a terminal gets a line that is redrawn at each cell; others a line a notebook
 */
export function createReporter(stream: NodeJS.WriteStream): Reporter {
  const redraws = wantsBar(stream, process.env);
  const clear = (): void => {
    if (redraws) stream.write("\r\u001b[K");
  };
  const say = (line: string): void => {
    clear();
    stream.write(`${line}\n`);
  };
  return {
    say,
    problem: say,
    execution: {
      say,
      cell: (lesson, version, cell, cells) => {
        if (redraws) stream.write(`\r\u001b[K${nameOf(lesson.name, version)}: cell ${cell} of ${cells}`);
      },
      end: ({ lesson, version, failure, notebook, seconds }) => {
        if (failure !== null) return say(failure);
        const cells = notebook!.cells.filter(({ cell_type }) => cell_type === "code").length;
        say(
          `${nameOf(lesson.name, version)}: ${cells} code ${cells === 1 ? "cell" : "cells"} in ${seconds.toFixed(1)} s`,
        );
      },
    },
  };
}

function nameOf(name: string, version: string): string {
  return version === "student" ? `${name} (student's version)` : name;
}
