/** @file The command `env`: what a record says of this machine and its software. */

import type { Command } from "commander";
import type { Environment } from "../results/types.ts";
import { action } from "./action.ts";
import { formatOption } from "./options.ts";

/** Adds the command `env`. */
export function registerEnv(program: Command): void {
  program
    .command("env")
    .description("print the machine and the software as results record them")
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
        const text =
          options.format === "json"
            ? JSON.stringify(environment, null, 2)
            : await describeEnvironment(environment);
        process.stdout.write(`${text}\n`);
      }),
    );
}

async function describeEnvironment(environment: Environment): Promise<string> {
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
  ];
  const rows = facts.map(([name, value]) => [name, value === null ? "unknown" : String(value)]);
  return formatTable(
    [
      { heading: "field", align: "left" },
      { heading: "value", align: "left" },
    ],
    rows,
  );
}
