/** @file Entry of a measuring Web Worker: does what the page tells it, one request at a time. Built into the page as a text. */

import { answered, createAnswerer } from "../../experiment/answer.ts";
import { followInBrowser, layOut } from "./lay-out.ts";
import type { WorkerReply, WorkerRequest } from "./messages.ts";
import { probe } from "./probe.ts";

/** What a worker keeps of cases for later visits: less than a process of the command, for telephones. */
const CACHE_BYTES = 96 * 2 ** 20;

const measure = createAnswerer(followInBrowser, CACHE_BYTES);

function answer(request: WorkerRequest): Promise<WorkerReply> {
  switch (request.kind) {
    case "probe":
      return answered(async () => probe(request));
    case "lay-out":
      return answered(() => layOut(request));
    default:
      return measure(request);
  }
}

addEventListener("message", async ({ data }: MessageEvent<WorkerRequest>) => {
  postMessage(await answer(data));
});
