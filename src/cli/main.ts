/** @file The command: runs the program on the arguments of this process. */

import { createProgram, runProgram } from "./program.ts";

// A reader that closes the pipe early (`jacobench cost … | head`) is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
}

await runProgram(createProgram(), process.argv.slice(2));
