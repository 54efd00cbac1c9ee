/** @file The frame of the command as a user meets it: help, version, usage errors, closed pipes. */

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createProgram } from "../../src/cli/program.ts";
import { MAIN, REPOSITORY, runJacobench } from "../support/run-command.ts";

const manifest = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8"));
const commands = createProgram().commands;

test("all commands are there", () => {
  const names = commands.map((command) => command.name());
  expect(names).toEqual([
    ...[
      "sweep",
      "time",
      "cost",
      "plan",
      "peers",
      "calibrate",
      "jacobian",
      "check",
      "init",
      "merge",
      "compare",
      "devices",
    ],
    ...["report", "embed", "export", "schema", "env"],
  ]);
});

test("--version and -V print the version of package.json", async () => {
  for (const option of ["--version", "-V"]) {
    const { code, stdout, stderr } = await runJacobench([option]);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: "" });
  }
});

describe("help", () => {
  test("names every command, on stdout, exit code 0", async () => {
    const { code, stdout, stderr } = await runJacobench(["--help"]);
    expect(code).toBe(0);
    expect(stderr).toBe("");
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^  ${command.name()}\\b`, "m"));
  });

  test.each([["jacobench"], ...commands.map((command) => [command.name()])])(
    "of %s: fits 80 columns and has examples",
    async (name) => {
      const { code, stdout } = await runJacobench(name === "jacobench" ? ["--help"] : [name, "--help"]);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^Examples?:\n {2}\$ /m);
      if (name !== "jacobench") expect(stdout).toContain(`$ jacobench ${name}`);
      const long = stdout.split("\n").filter((line) => line.length > 80);
      expect(long).toEqual([]);
    },
  );

  test("does not depend on the width of the terminal", async () => {
    const narrow = await runJacobench(["help", "cost"], { env: { COLUMNS: "40" } });
    const wide = await runJacobench(["help", "cost"], { env: { COLUMNS: "200" } });
    expect(narrow.stdout).toBe(wide.stdout);
  });
});

describe("usage errors leave with 2, a sentence on stderr, nothing on stdout", () => {
  test.each([
    [[], "Usage: jacobench"],
    [["swep"], "Did you mean sweep?"],
    [["jacobean"], "Did you mean jacobian?"],
    [["xyzzy"], "unknown command 'xyzzy'"],
    [["--colour"], "unknown option '--colour'"],
    [["cost", "--widts", "2,3"], "Did you mean --widths?"],
    [["cost", "2,3"], "too many arguments"],
    [["cost", "--widths"], "argument missing"],
    [["cost", "--widths", "3,0"], "width 2 of 2 is `0`"],
    [["cost", "--widths", "3,2", "--format", "xml"], "Allowed choices are table, json"],
    [["cost", "--widths", "3,2", "--model", "m.json"], "cannot be used with option"],
    [["jacobian", "--strategy", "forward"], "required option '--model <file>' not specified"],
  ])("jacobench %j", async (args, message) => {
    const { code, stdout, stderr } = await runJacobench(args);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });
});

test("a reader that closes the pipe is no error", async () => {
  const child = spawn(process.execPath, [MAIN, "cost", "--widths", "3,4,2", "--format", "json"]);
  child.stdout.destroy();
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect(stderr).toBe("");
  expect(code).toBe(0);
});
