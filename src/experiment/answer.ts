/** @file What a measuring process answers: to a child of Node and to a Web Worker the same. */

import { JacobenchError } from "../errors.ts";
import type { Reply, Request } from "./messages.ts";
import type { Follow } from "./recipe.ts";
import { createVisitor, type Visitor } from "./visitor.ts";

/**
 * Makes the function that does what a measuring process is told, one request at a time.
 *
 * @param follow - makes a case's chain and point
 * @param cacheBytes - how much of what was built is kept; left out for the visitor's own choice
 * @returns never rejects: what is thrown becomes a reply
 */
export function createAnswerer(follow: Follow, cacheBytes?: number): (request: Request) => Promise<Reply> {
  let visitor: Visitor | null = null;
  return (request) =>
    answered(async () => {
      if (request.kind === "start") {
        visitor = createVisitor(request.assignment, follow, cacheBytes);
        return { kind: "ready" };
      }
      return { kind: "measured", measured: await visitor!.measure(request.case, request.variant) };
    });
}

/**
 * Turns what work throws into a reply: a sentence for a mistake of the input, a stack for one of ours.
 *
 * @param work - gives the reply
 */
export async function answered<Answer>(
  work: () => Promise<Answer>,
): Promise<Answer | Extract<Reply, { kind: "failed" }>> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof JacobenchError ? error.code : null;
    const message = code === null ? String((error as Error)?.stack ?? error) : (error as Error).message;
    return { kind: "failed", code, message };
  }
}
