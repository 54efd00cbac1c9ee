/** @file Without OpenBLAS everything else works, and whoever chooses it is told what to install. The library is faked away. */

import { existsSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { prepareJacobian } from "../../src/ad/jacobian.ts";
import { buildChain, randomPoint } from "../../src/chain/build.ts";
import { JacobenchError } from "../../src/errors.ts";
import { expectUsable, KERNELS, kernelById, usableKernels } from "../../src/kernels/index.ts";
import { libraryNames, OPENBLAS_VARIABLE } from "../../src/kernels/openblas-library.ts";
import { createAllocator } from "../../src/memory.ts";
import { temporaryFolder } from "../support/folder.ts";
import { runJacobench } from "../support/run-command.ts";

const NOWHERE = "/nowhere/libopenblas.so";

afterEach(() => {
  vi.unstubAllEnvs();
});

function thrown(work: () => unknown): JacobenchError {
  try {
    work();
  } catch (error) {
    if (error instanceof JacobenchError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("where the library is not there", () => {
  beforeEach(() => {
    vi.stubEnv(OPENBLAS_VARIABLE, NOWHERE);
  });

  it("the kernel is listed, but not among the usable ones", () => {
    expect(KERNELS.map(({ id }) => id)).toContain("openblas");
    expect(usableKernels().map(({ id }) => id)).not.toContain("openblas");
    expect(usableKernels().map(({ id }) => id)).toContain("typed");
    expect(kernelById("openblas").library?.()).toBeNull();
  });

  it("choosing it says what was looked for and how to install it", () => {
    const chain = buildChain({ widths: [3, 4, 2], rngSeed: 1 });
    const choices = [
      () => kernelById("openblas").create(createAllocator()),
      () => prepareJacobian(chain, randomPoint(3, 1), { strategy: "forward", kernel: "openblas" }),
      () => expectUsable(["typed", "openblas"]),
    ];
    for (const choose of choices) {
      const { code, message, isInputError } = thrown(choose);
      expect({ code, isInputError }).toEqual({ code: "ERR_ABSENT", isInputError: true });
      expect(message).toContain(`"${NOWHERE}" (${OPENBLAS_VARIABLE}) cannot be loaded`);
      for (const way of ["apt-get install", "brew install", "conda install"]) expect(message).toContain(way);
    }
    expect(thrown(() => expectUsable(["openblas"], "x.json: $.kernels")).message).toMatch(
      /^x\.json: \$\.kernels: kernel "openblas": /,
    );
    expect(() => expectUsable(["typed", "reference"])).not.toThrow();
  });
});

it("a library without BLAS is refused by what it lacks", () => {
  const other = { linux: "libc.so.6", darwin: "libSystem.dylib", win32: "kernel32.dll" };
  vi.stubEnv(OPENBLAS_VARIABLE, other[process.platform as keyof typeof other] ?? "libc.so.6");
  expect(kernelById("openblas").unavailable?.()).toMatch(/has no cblas_dgemv .*apt-get install/);
});

describe("a machine without Node, such as a browser", () => {
  it("has no such kernel, and no error on loading it", () => {
    vi.stubEnv(OPENBLAS_VARIABLE, "/nowhere/for-a-browser.so");
    vi.stubGlobal("process", undefined);
    const reason = kernelById("openblas").unavailable?.();
    vi.unstubAllGlobals();
    expect(reason).toContain("koffi");
  });
});

describe("the places that are looked at", () => {
  it("are those of distributions, Homebrew and conda, an active conda environment first", () => {
    expect(libraryNames("linux", undefined)[0]).toBe("libopenblas.so.0");
    expect(libraryNames("linux", "/opt/conda")[0]).toBe("/opt/conda/lib/libopenblas.so.0");
    expect(libraryNames("darwin", undefined)).toContain("/opt/homebrew/opt/openblas/lib/libopenblas.dylib");
    expect(libraryNames("darwin", "/opt/conda")[0]).toBe("/opt/conda/lib/libopenblas.dylib");
    expect(libraryNames("win32", "C:\\conda")[0]).toBe("C:\\conda\\Library\\bin\\openblas.dll");
  });
});

describe("the command", () => {
  const env = { [OPENBLAS_VARIABLE]: NOWHERE };
  const inFolder = temporaryFolder();

  it("refuses an experiment before it measures or writes anything", async () => {
    const [config, out] = [inFolder("mine.json"), inFolder("reports")];
    writeFileSync(
      config,
      JSON.stringify({
        name: "mine",
        title: "Mine",
        chain: { list: [[3, 4, 2]] },
        strategies: ["forward"],
        kernels: ["typed", "openblas"],
      }),
    );
    const { code, stdout, stderr } = await runJacobench(["sweep", config, "--out", out], { env });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(`${config}: $.kernels: kernel "openblas"`);
    expect(stderr).toContain("apt-get install libopenblas0-pthread");
    expect(existsSync(out)).toBe(false);
  });

  it("refuses the option --kernel likewise, in one sentence", async () => {
    for (const args of [
      ["time", "--widths", "4,5,2", "--kernel", "openblas"],
      ["calibrate", "--kernel", "openblas"],
    ]) {
      const { code, stdout, stderr } = await runJacobench(args, { env, cwd: inFolder() });
      expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: "" });
      expect(stderr).toMatch(/^jacobench: kernel "openblas": .*apt-get/s);
      expect(stderr).not.toContain("    at ");
    }
  });

  it("env says that it is absent, and what to install", async () => {
    const table = await runJacobench(["env"], { env });
    expect(table.code).toBe(0);
    expect(table.stdout).toMatch(/^kernel openblas +absent, see below$/m);
    expect(table.stdout).toContain("apt-get install");
    const { kernels } = JSON.parse((await runJacobench(["env", "--format", "json"], { env })).stdout);
    const own = kernels.find(({ id }: { id: string }) => id === "openblas");
    expect(own).toMatchObject({ library: null, unavailable: expect.stringContaining("brew install") });
  });
});
