/** @file The command `env`: what a record says of this machine and its software, and which kernels can be had. */

import type { Command } from "commander";
import type { Environment } from "../results/types.ts";
import { action } from "./action.ts";
import { formatOption } from "./options.ts";

/** Adds the command `env`. */
export function registerEnv(program: Command): void {
  program
    .command("env")
    .description("print the machine and the software as results record them, and the kernels")
    .addOption(formatOption("table", "json"))
    .addHelpText(
      "after",
      `
Examples:
  $ jacobench env
  $ jacobench env --format json`,
    )
    .action(
      action(async (options: { format: string }) => {
        const { readEnvironment } = await import("../measure/node-environment.ts");
        const environment = await readEnvironment();
        const kernels = await readKernels();
        const text =
          options.format === "json"
            ? JSON.stringify({ ...environment, kernels }, null, 2)
            : await describeEnvironment(environment, kernels);
        process.stdout.write(`${text}\n`);
      }),
    );
}

/** A kernel, the native library that it runs on, and why it cannot be had here. */
type KernelState = {
  readonly id: string;
  readonly library: string | null;
  readonly unavailable: string | null;
};

async function readKernels(): Promise<KernelState[]> {
  const { KERNELS } = await import("../kernels/index.ts");
  return KERNELS.map(({ id, library, unavailable }) => ({
    id,
    library: library?.() ?? null,
    unavailable: unavailable?.() ?? null,
  }));
}

async function describeEnvironment(
  environment: Environment,
  kernels: readonly KernelState[],
): Promise<string> {
  const { COLUMNS } = await import("../../analysis/text.ts");
  const { wrapText } = await import("../../analysis/text.ts");
  const { formatBytes, formatSeconds, formatTable } = await import("./table.ts");
  const size = (bytes: number | null): string => (bytes === null ? "unknown" : formatBytes(bytes));
  const { l1, l2, l3 } = environment.cacheBytes;
  const facts: [string, string | number | null][] = [
    ["machine", environment.id],
    ["processor", environment.cpuModel],
    ["cores", environment.cores],
    ["caches", `L1 ${size(l1)}, L2 ${size(l2)}, L3 ${size(l3)}`],
    ["memory", size(environment.memoryBytes)],
    ["system", `${environment.os ?? "unknown"} (${environment.architecture ?? "unknown"})`],
    ["node", `${environment.runtimeVersion} (V8 ${environment.v8})`],
    ["clock step", formatSeconds(environment.clockResolutionSeconds)],
    ["load", environment.loadAtStart === null ? null : environment.loadAtStart.toFixed(2)],
    ["commit", environment.gitCommit],
    ...Object.entries(environment.packages),
    ...kernels.map(({ id, library, unavailable }): [string, string] => [
      `kernel ${id}`,
      unavailable === null ? (library ?? "there") : "absent, see below",
    ]),
  ];
  const rows = facts.map(([name, value]) => [name, value === null ? "unknown" : String(value)]);
  const table = formatTable(
    [
      { heading: "field", align: "left" },
      { heading: "value", align: "left" },
    ],
    rows,
  );
  const reasons = kernels.flatMap(({ unavailable }) => unavailable ?? []);
  return [table, ...reasons.map((reason) => wrapText(reason, COLUMNS).join("\n"))].join("\n\n");
}
