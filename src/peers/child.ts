/** @file A peer's child process: requests and replies a line each, with a time limit, and its last words when it dies. (N) */

import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { JacobenchError } from "../errors.ts";
import { type PeerReply, type PeerRequest, REPLIES, type ReplyTo } from "./protocol.ts";

/** How a peer is started: a program, its arguments, and what is added to the environment. */
export type PeerCommand = {
  readonly program: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
};

/** A running peer. After any error of `ask` but one that the peer itself told, it has ended. */
export type PeerChild = {
  /**
   * Sends a request and waits for its reply.
   *
   * @throws {JacobenchError} `ERR_MEASURE`: the peer failed and says why, died, hung, or answered something else
   */
  ask<Kind extends PeerRequest["kind"]>(
    request: Extract<PeerRequest, { kind: Kind }>,
    limitSeconds: number,
  ): Promise<ReplyTo[Kind]>;
  /** False once it has died, hung, or been ended. */
  isAlive(): boolean;
  end(): Promise<void>;
};

/** Children that run: none of them outlives us, however we end. */
const running = new Set<ChildProcess>();
let isWatched = false;

/** Characters of stderr that are kept. */
const TAIL = 4000;
/** Characters of a message that are told. */
const MOST_TOLD = 300;

/**
 * Starts a peer.
 *
 * @param command - see {@link PeerCommand}
 */
export function startPeer(command: PeerCommand): PeerChild {
  const child = spawn(command.program, [...command.args], {
    env: { ...process.env, ...command.environment },
    stdio: ["pipe", "pipe", "pipe"],
    // An interrupt from the terminal reaches the parent alone, which ends its children.
    detached: process.platform !== "win32",
  });
  running.add(child);
  if (!isWatched) process.once("exit", () => running.forEach(killGroup));
  isWatched = true;
  let lastWords = "";
  let reason: string | null = null;
  let waiting: { resolve(line: string): void; reject(error: Error): void } | null = null;
  const die = (why: string): void => {
    reason ??= why;
    waiting?.reject(new JacobenchError("ERR_MEASURE", withLastWords(reason, lastWords)));
    waiting = null;
  };
  const ended = new Promise<void>((resolve) => {
    child.on("error", (error) => {
      running.delete(child);
      die(`could not be started: ${error.message}`);
      resolve();
    });
    child.on("close", (code, signal) => {
      running.delete(child);
      die(signal === null ? `ended with code ${code}` : `was ended by ${signal}`);
      resolve();
    });
  });
  child.stdin.on("error", () => {});
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    lastWords = (lastWords + text).slice(-TAIL);
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    waiting?.resolve(line);
    waiting = null;
  });
  const kill = (why: string): void => {
    die(why);
    killGroup(child);
  };
  async function exchange(request: PeerRequest, limitSeconds: number): Promise<string> {
    if (reason !== null) throw new JacobenchError("ERR_MEASURE", withLastWords(reason, lastWords));
    let timer: NodeJS.Timeout | undefined;
    const line = new Promise<string>((resolve, reject) => {
      waiting = { resolve, reject };
      timer = setTimeout(
        () => kill(`gave no answer to "${request.kind}" within ${limitSeconds} s and was ended`),
        1000 * limitSeconds,
      );
      child.stdin.write(`${JSON.stringify(request)}\n`);
    });
    return line.finally(() => clearTimeout(timer));
  }
  return {
    ask: async (request, limitSeconds) => {
      const reply = parseReply(await exchange(request, limitSeconds));
      if (reply?.kind === "failed") throw new JacobenchError("ERR_MEASURE", shortened(String(reply.message)));
      if (reply !== null && REPLIES[request.kind].includes(reply.kind)) return reply as never;
      kill(`answered "${request.kind}" with something else than ${REPLIES[request.kind].join(" or ")}`);
      throw new JacobenchError("ERR_MEASURE", withLastWords(reason!, lastWords));
    },
    isAlive: () => reason === null,
    end: async () => {
      reason ??= "was ended";
      killGroup(child);
      await ended;
    },
  };
}

/** The child is the first of its own group where systems have such: what it has started ends with it. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    if (process.platform === "win32") child.kill("SIGKILL");
    else process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has just ended by itself.
  }
}

function parseReply(line: string): PeerReply | null {
  try {
    const reply: unknown = JSON.parse(line);
    return typeof reply === "object" && reply !== null && "kind" in reply ? (reply as PeerReply) : null;
  } catch {
    return null;
  }
}

/** The last line that it wrote to stderr says most: in Python that is the exception. */
function withLastWords(reason: string, text: string): string {
  const line = text
    .split("\n")
    .map((one) => one.trim())
    .filter((one) => one !== "")
    .at(-1);
  return line === undefined ? reason : `${reason}; it said: ${shortened(line)}`;
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > MOST_TOLD ? `${line.slice(0, MOST_TOLD - 1)}…` : line;
}
