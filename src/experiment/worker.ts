/** @file Entry of a measuring child process: does what it is told, one measurement at a time. (N) */

import { JacobenchError } from "../errors.ts";
import type { Reply, Request } from "./messages.ts";
import { createVisitor, type Visitor } from "./visitor.ts";

// An interrupt from the terminal reaches the whole process group: the parent decides what happens.
process.on("SIGINT", () => {});
// Without its parent nobody would store what it measures.
process.on("disconnect", () => process.exit(0));

let visitor: Visitor | null = null;

async function answer(request: Request): Promise<Reply> {
  if (request.kind === "start") {
    visitor = createVisitor(request.assignment);
    return { kind: "ready" };
  }
  return { kind: "measured", measured: await visitor!.measure(request.case, request.variant) };
}

process.on("message", async (request: Request) => {
  let reply: Reply;
  try {
    reply = await answer(request);
  } catch (error) {
    const code = error instanceof JacobenchError ? error.code : null;
    reply = {
      kind: "failed",
      code,
      message: code === null ? String((error as Error).stack) : (error as Error).message,
    };
  }
  if (process.connected) process.send!(reply);
});
