/** @file A Web Worker as a measuring process: asked and answered in turn, ended by terminating it. */

import { JacobenchError } from "../../errors.ts";
import type { Reply } from "../../experiment/messages.ts";
import type { MeasuringProcess } from "../../experiment/run-plans.ts";
import type { WorkerReply, WorkerRequest } from "./messages.ts";

/** The part of a `Worker` that is used; tests bring their own. */
export type WorkerLike = {
  postMessage(request: WorkerRequest): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<WorkerReply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
};

/** A measuring process that can also be told to lay out a config, and be ended from outside. */
export type WorkerProcess = MeasuringProcess & {
  askFor<Kind extends WorkerReply["kind"]>(
    request: WorkerRequest,
    kind: Kind,
    where: string,
  ): Promise<Extract<WorkerReply, { kind: Kind }>>;
  /** Ends it in the middle of whatever it does. */
  interrupt(): void;
};

/**
 * Starts a worker.
 *
 * @param startWorker - makes it
 * @throws {JacobenchError} `ERR_MEASURE` if the page may start none
 */
export function startWorkerProcess(startWorker: () => WorkerLike): WorkerProcess {
  const worker = started(startWorker);
  let waiting: { resolve(reply: WorkerReply): void; reject(error: Error): void } | null = null;
  let where = "starting";
  let over: "ended" | "interrupted" | null = null;
  worker.onmessage = ({ data }) => {
    const asked = waiting;
    waiting = null;
    if (data.kind === "failed")
      asked?.reject(new JacobenchError(data.code ?? "ERR_MEASURE", `${where}: ${data.message}`));
    else asked?.resolve(data);
  };
  worker.onerror = (event) => {
    event.preventDefault?.();
    const reason = event.message || "it could not be started";
    waiting?.reject(
      new JacobenchError("ERR_MEASURE", `${where}: the measuring worker failed: ${reason}; try again`),
    );
    waiting = null;
  };
  const end = (how: "ended" | "interrupted"): void => {
    if (over !== null) return;
    over = how;
    worker.terminate();
    waiting?.reject(new JacobenchError("ERR_MEASURE", `${where}: the measuring worker was ended`));
    waiting = null;
  };
  const ask = (request: WorkerRequest, place: string): Promise<WorkerReply> =>
    new Promise((resolve, reject) => {
      where = place;
      if (over !== null) {
        reject(new JacobenchError("ERR_MEASURE", `${place}: the measuring worker has ended`));
        return;
      }
      waiting = { resolve, reject };
      worker.postMessage(request);
    });
  return {
    ask: (request, place) => ask(request, place) as Promise<Reply>,
    askFor: async (request, kind, place) => {
      const reply = await ask(request, place);
      if (reply.kind === kind) return reply as Extract<WorkerReply, { kind: typeof kind }>;
      throw new JacobenchError("ERR_MEASURE", `${place}: the measuring worker is out of step`);
    },
    end: async () => end("ended"),
    interrupt: () => end("interrupted"),
    interrupted: () => over === "interrupted",
  };
}

function started(startWorker: () => WorkerLike): WorkerLike {
  try {
    return startWorker();
  } catch (cause) {
    throw new JacobenchError(
      "ERR_MEASURE",
      `starting: this page may start no Web Worker (${(cause as Error).message}); open it in a window of its own, or ` +
        "allow worker-src blob: in the page that holds it",
      { cause },
    );
  }
}
