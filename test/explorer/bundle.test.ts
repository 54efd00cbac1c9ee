/** @file The explorer's file: nothing of Node in it, all of it the toolkit's own code, small enough, the same every time. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type Bundle, bundle } from "../../src/explorer/build/bundle.ts";
import { explorerPage } from "../../src/explorer/build/page.ts";
import { codeOf } from "../../src/explorer/code.ts";
import { modelOf } from "../../src/explorer/model.ts";
import { OPENING } from "../../src/explorer/state.ts";
import { temporaryFolder } from "../support/folder.ts";
import { REPOSITORY, runProcess } from "../support/run-command.ts";

const path = temporaryFolder();

describe("the page", () => {
  let page: string;
  let bundles: readonly (readonly [string, Bundle])[];
  beforeAll(async () => {
    const names = ["main.ts", "measure/worker.ts"];
    bundles = await Promise.all(names.map(async (name) => [name, await bundle(name)] as const));
    page = await explorerPage();
  });

  it("imports nothing of Node's, neither the page nor its worker", async () => {
    for (const [name, { inputs }] of bundles) {
      expect(inputs.length, name).toBeGreaterThan(20);
      const own = inputs.filter((input) => /^(src|analysis)\//.test(input));
      expect(
        own.filter((input) => /\/(cli|build|peers|render|simulation)\//.test(input)),
        name,
      ).toEqual([]);
    }
    // That they were bundled at all is the proof: for browsers a module of Node's is refused.
    await expect(bundle("build/build.ts")).rejects.toThrow(/Could not resolve "node:path"/);
  });

  it("shares chain, cost, planner and kernels with the toolkit, and has one library for its view", () => {
    const inputs = bundles[0]![1].inputs;
    for (const file of [
      "src/ad/jacobian.ts",
      "src/planner/chain-product.ts",
      "src/chain/build.ts",
      "src/kernels/typed.ts",
    ]) {
      expect(inputs).toContain(file);
    }
    expect(inputs).toContain("node_modules/lit-html/lit-html.js");
  });

  it("stands in one file of at most 2.5 MB that asks for nothing", () => {
    expect(Buffer.byteLength(page)).toBeLessThan(2.5e6);
    const shell = page
      .replace(/<script[^>]*>[\s\S]*?<\/script>/g, "")
      .replace(/<style>[\s\S]*?<\/style>/g, "");
    expect(shell).not.toMatch(/\b(?:src|href)="(?!data:)/);
    expect(shell).not.toMatch(/ style="| on\w+="/);
    // Exactly four scripts: data, the page, and two that wait as text.
    expect(page.match(/<script/g)?.length).toBeGreaterThanOrEqual(4);
    expect(page.match(/<\/script>/g)).toHaveLength(4);
    expect(page).not.toMatch(/\/(?:home|root|Users|work)\//);
  });

  it("is the same bytes when it is made again", async () => {
    expect(await explorerPage()).toBe(page);
  });
});

it("the TypeScript that it shows runs, and counts what it says", async () => {
  const state = { ...OPENING, widths: [12, 9, 2, 9, 12], activation: "tanh" } as const;
  const shown = codeOf(state, modelOf(state));
  expect(shown).toContain('strategy: "optimal"');
  const said = Number(/countCost\(.*\/\/ (\d+)/.exec(shown)![1]);
  const file = path("shown.ts");
  writeFileSync(
    file,
    `${shown.replace('"jacobench"', JSON.stringify(join(REPOSITORY, "src", "index.ts")))}
console.log(JSON.stringify({ fma, shape: J.shape }));\n`,
  );
  const { stdout, stderr, code } = await runProcess(process.execPath, [file]);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ fma: said, shape: [12, 12] });
});

it("the Python that it shows is the planner's", () => {
  const state = { ...OPENING, widths: [20, 30, 2, 30, 20] };
  for (const [code, call] of [
    ["jax", "jax.jacrev(with_value(through(1, 2)), has_aux=True)(x)"],
    ["pytorch", "jacrev(with_value(through(1, 2)), has_aux=True)(x)"],
  ] as const) {
    expect(codeOf({ ...state, code }, modelOf(state))).toContain(call);
  }
});
