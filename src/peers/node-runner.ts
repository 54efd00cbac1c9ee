/** @file Entry of a JavaScript peer's child process: answers requests on stdin with one framework. (N) */

import { writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { decodeNumbers, encodeNumbers, type PeerReply, type PeerRequest } from "./protocol.ts";
import type { NodePeer, PreparedWay } from "./ways/types.ts";

/** How each peer is loaded: optional packages are asked for only here. */
const LOADERS: Readonly<Record<string, (threads: 1 | "all") => Promise<NodePeer>>> = {
  jacobench: async (threads) => (await import("./ways/jacobench.ts")).loadJacobench(threads),
  "jax-js": async () => (await import("./ways/jax-js.ts")).loadJaxJs(),
};

/** Codes of errors that mean that a package is not installed. */
const ABSENT = new Set(["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND"]);

let peer: NodePeer | null = null;
const chains = new Map<string, (way: string) => PreparedWay>();
const prepared = new Map<string, PreparedWay>();

async function answer(request: PeerRequest): Promise<PeerReply> {
  switch (request.kind) {
    case "hello":
      return hello(request.threads);
    case "load": {
      const { case: id, layers, x } = request;
      chains.set(id, peer!.load(layers, decodeNumbers(x)));
      return { kind: "loaded" };
    }
    case "prepare": {
      const start = performance.now();
      const way = chains.get(request.case)!(request.way);
      await way.run();
      const seconds = (performance.now() - start) / 1000;
      prepared.set(keyOf(request), way);
      const { dtype, shape, values } = await way.jacobian();
      return { kind: "prepared", seconds, dtype, shape, jacobian: encodeNumbers(values) };
    }
    case "time": {
      const way = prepared.get(keyOf(request))!;
      const cpu = process.cpuUsage();
      const start = performance.now();
      for (let i = 0; i < request.runs; i++) {
        const pending = way.run();
        // A run that is done needs no turn of the event loop, which would be timed too.
        if (pending !== undefined) await pending;
      }
      const seconds = (performance.now() - start) / 1000;
      const { user, system } = process.cpuUsage(cpu);
      return { kind: "timed", seconds, cpuSeconds: (user + system) / 1e6 };
    }
  }
}

async function hello(threads: 1 | "all"): Promise<PeerReply> {
  try {
    peer = await LOADERS[process.argv[2]!]!(threads);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code !== undefined && ABSENT.has(code)) return { kind: "absent", message: message.split("\n")[0]! };
    throw error;
  }
  const { name, versions, device, ways } = peer;
  return { kind: "ready", name, device, ways, versions: { ...versions, node: process.versions.node } };
}

function keyOf({ case: id, way }: { readonly case: string; readonly way: string }): string {
  return JSON.stringify([id, way]);
}

/** A whole line, whatever the pipe takes at once. */
function send(reply: PeerReply): void {
  const bytes = Buffer.from(`${JSON.stringify(reply)}\n`);
  for (let sent = 0; sent < bytes.length; ) {
    try {
      sent += writeSync(1, bytes, sent);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    }
  }
}

// What frameworks print must not be taken for a reply.
console.log = console.error;
console.info = console.error;
console.debug = console.error;

for await (const line of createInterface({ input: process.stdin })) {
  let reply: PeerReply;
  try {
    reply = await answer(JSON.parse(line) as PeerRequest);
  } catch (error) {
    console.error(error);
    reply = { kind: "failed", message: error instanceof Error ? error.message : String(error) };
  }
  send(reply);
}
process.exit(0);
