/** @file A Slurm cluster of one node on this machine, its files in a temporary folder, for as long as a test runs. */

import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, hostname, userInfo } from "node:os";
import { join } from "node:path";

/** A running cluster. */
export type Slurm = {
  /** Runs one of Slurm's commands; throws with its output if it fails. */
  run(program: string, args: readonly string[], cwd: string): string;
  stop(): Promise<void>;
};

/** True if Slurm and munge are installed and may be started here; else says loudly how to get there. */
export function canRunSlurm(): boolean {
  const skip = (reason: string): boolean => {
    console.warn(`SKIPPED: ${reason}`);
    return false;
  };
  if (process.platform !== "linux") return skip("Slurm runs on Linux only.");
  // Asked of the shell: -v would start a daemon.
  const missing = ["slurmctld", "slurmd", "sbatch", "munged"].filter(
    (name) => spawnSync("sh", ["-c", `command -v ${name}`], { env: environment() }).status !== 0,
  );
  if (missing.length > 0) {
    return skip(
      `${missing.join(", ")} not found. To run these tests (Debian, Ubuntu):\n` +
        "  apt-get install --no-install-recommends slurm-wlm munge",
    );
  }
  if (userInfo().uid !== 0) return skip("slurmd must be started by root; a container will do.");
  return true;
}

/**
 * Starts munged, slurmctld and slurmd.
 *
 * @param folder - an existing folder for keys, sockets, state and logs
 */
export async function startSlurm(folder: string): Promise<Slurm> {
  const inside = (name: string): string => join(folder, name);
  for (const name of ["state", "spool"]) mkdirSync(inside(name), { recursive: true });
  const host = hostname().split(".")[0]!;
  const conf = inside("slurm.conf");
  const socket = inside("munge.socket");
  const key = inside("munge.key");
  writeFileSync(key, "a key for one test only, at least thirty-two bytes long".padEnd(128, "."), {
    mode: 0o600,
  });
  writeFileSync(
    conf,
    [
      "ClusterName=test",
      `SlurmctldHost=${host}(127.0.0.1)`,
      "SlurmctldPort=16817",
      "SlurmdPort=16818",
      "SlurmUser=root",
      "SlurmdUser=root",
      "AuthType=auth/munge",
      `AuthInfo=socket=${socket}`,
      "CredType=cred/munge",
      "ProctrackType=proctrack/linuxproc",
      "TaskPlugin=task/none",
      "SelectType=select/cons_tres",
      "SelectTypeParameters=CR_Core",
      "MpiDefault=none",
      "ReturnToService=2",
      `StateSaveLocation=${inside("state")}`,
      `SlurmdSpoolDir=${inside("spool")}`,
      `SlurmctldPidFile=${inside("slurmctld.pid")}`,
      `SlurmdPidFile=${inside("slurmd.pid")}`,
      `SlurmctldLogFile=${inside("slurmctld.log")}`,
      `SlurmdLogFile=${inside("slurmd.log")}`,
      `NodeName=${host} NodeAddr=127.0.0.1 CPUs=${availableParallelism()} State=UNKNOWN`,
      "PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP",
      "",
    ].join("\n"),
  );
  const env = { ...environment(), SLURM_CONF: conf };
  const daemons: ChildProcess[] = [];
  const start = (program: string, args: readonly string[]): void => {
    // Of a group of its own, since slurmctld has a child that outlives it.
    daemons.push(spawn(program, args, { env, stdio: "ignore", detached: true }));
  };
  const slurm: Slurm = {
    run: (program, args, cwd) => execFileSync(program, args, { cwd, env, encoding: "utf8" }),
    stop: async () => {
      const signal = (name: NodeJS.Signals): void => {
        for (const { pid } of daemons) {
          try {
            if (pid !== undefined) process.kill(-pid, name);
          } catch {
            // It has ended.
          }
        }
      };
      signal("SIGTERM");
      await new Promise((resolve) => setTimeout(resolve, 1000));
      signal("SIGKILL");
    },
  };
  const munge = ["--key-file", key, "--socket", socket, "--pid-file", inside("munge.pid")];
  start("munged", [
    "--foreground",
    "--force",
    ...munge,
    "--log-file",
    inside("munged.log"),
    "--seed-file",
    inside("seed"),
  ]);
  await until(
    () => spawnSync("munge", ["-n", "--socket", socket], { env }).status === 0,
    () => log(inside("munged.log")),
  );
  start("slurmctld", ["-D", "-c", "-f", conf]);
  start("slurmd", ["-D", "-c", "-f", conf, "-N", host]);
  const idle = () =>
    spawnSync("sinfo", ["-h", "-o", "%T"], { env, encoding: "utf8" }).stdout?.trim() === "idle";
  await until(idle, () => log(inside("slurmctld.log")) + log(inside("slurmd.log")));
  return slurm;
}

/** With the folders of daemons on the PATH. */
function environment(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
}

/** Waits up to half a minute. @throws {Error} with what `explain` says if it did not happen */
export async function until(happened: () => boolean, explain: () => string, seconds = 30): Promise<void> {
  for (let i = 0; i < seconds * 5; i++) {
    if (happened()) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`it did not happen in ${seconds} s:\n${explain()}`);
}

function log(path: string): string {
  try {
    return readFileSync(path, "utf8").split("\n").slice(-40).join("\n");
  } catch {
    return `${path}: no log`;
  }
}
