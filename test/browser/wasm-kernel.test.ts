/** @file The `wasm` kernel in a page: the bundle needs no file and no server, and the Jacobian is that of the reference. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, it } from "vitest";
import { describeInBrowser, openFile } from "../support/browser.ts";
import { temporaryFolder } from "../support/folder.ts";
import { REPOSITORY } from "../support/run-command.ts";

/** Widths past the first size of the blocks, and a second chain, so that memory is used again. */
const PROGRAM = `
  import { prepareJacobian, referenceJacobian } from "./src/ad/jacobian.ts";
  import { maxAbsDifference } from "./src/array.ts";
  import { buildChain, randomPoint } from "./src/chain/build.ts";
  const answers = [];
  try {
    for (const widths of [[5, 7, 3], [300, 290, 31]]) {
      const chain = buildChain({ widths, activation: "tanh", rngSeed: 1 });
      const x = randomPoint(widths[0], 1);
      const expected = referenceJacobian(chain, x);
      for (const strategy of ["forward", "reverse-blocked"]) {
        const prepared = prepareJacobian(chain, x, { strategy, kernel: "wasm" });
        answers.push(maxAbsDifference(prepared.run(), expected) < 1e-12 && prepared.kernelBytes > 0);
      }
    }
    try {
      const chain = buildChain({ widths: [4, 3], rngSeed: 1 });
      prepareJacobian(chain, randomPoint(4, 1), { strategy: "forward-blocked", blockSize: 2, threads: 2, kernel: "wasm" });
    } catch (error) {
      answers.push(error.message);
    }
  } catch (error) {
    answers.push(String(error));
  }
  document.title = JSON.stringify(answers);
`;

const THREADS = 'kernel "wasm": threads need worker threads of Node; expected threads 1 here';

/** What the kernel says of a page alone; ndarray, which wants to make functions from text, is not part of it. */
const QUESTION = `
  import { wasmUnavailable } from "./src/kernels/wasm/exports.ts";
  document.title = JSON.stringify(wasmUnavailable());
`;

describeInBrowser("the wasm kernel in a page", (browser) => {
  const folder = temporaryFolder();

  /** Bundles a program into a page with a policy, and reads the answer that it leaves in the title. */
  async function answerOf(contents: string, policy: string | null): Promise<unknown> {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: REPOSITORY, loader: "ts" },
      bundle: true,
      write: false,
      format: "esm",
      logLevel: "silent",
      // For Node alone, and loaded on demand: see src/kernels/openblas-library.ts.
      external: ["node:*", "koffi"],
    });
    const meta = policy === null ? "" : `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
    const script = outputFiles[0]!.text.replaceAll("</script", "<\\/script");
    const path = join(folder(), "page.html");
    writeFileSync(
      path,
      `<!doctype html><meta charset="utf-8">${meta}<script type="module">${script}</script>`,
    );
    const { page, context } = await openFile(browser(), path);
    let title = "";
    for (let i = 0; i < 400 && title === ""; i++) {
      title = await page.title();
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    await context.close();
    return JSON.parse(title);
  }

  it("computes the reference's Jacobians, and says that it has no threads there", async () => {
    expect(await answerOf(PROGRAM, null)).toEqual([true, true, true, true, THREADS]);
  });

  it("says why it cannot be had where the page's policy forbids it", async () => {
    expect(await answerOf(QUESTION, "script-src 'unsafe-inline' 'wasm-unsafe-eval'")).toBeNull();
    expect(await answerOf(QUESTION, "script-src 'unsafe-inline'")).toMatch(
      /^kernel "wasm": WebAssembly was refused .*'wasm-unsafe-eval' in the page's content security policy/,
    );
  });
});
