/** @file The command `plan` as a user runs it: words, JSON, chain files, bad input, memory, workers, time, pictures. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../support/folder.ts";
import { literatureInstances } from "../support/instances.ts";
import { plan, planJson, refused } from "../support/plan-command.ts";
import { runJacobench } from "../support/run-command.ts";
import { runInside } from "../support/run-inside.ts";

const at = temporaryFolder();
let files = 0;

/** Writes a chain file; returns its path. */
function chainFile(content: unknown): string {
  const path = at(`chain-${files++}.json`);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

describe("JSON", () => {
  test("widths: every field, under both conventions; by default nothing is at hand", async () => {
    // Widths 2-3-4: (4 × 3)·(3 × 2) given is one product of 24; without anything given a seed costs 6 and 12.
    const given = await planJson("--widths", "2,3,4", "--convention", "given");
    expect(given).toMatchObject({
      convention: "given",
      optimum: { fma: 24 },
      tangent: { fma: 2 * 12 },
      adjoint: { fma: 4 * 6 },
      preaccumulation: { fma: 0 },
      code: null,
    });
    const free = await planJson("--widths", "2,3,4");
    expect(free).toMatchObject({
      convention: "matrix-free",
      advice: { strategy: "forward", saving: 0 },
      plan: { fma: 2 * 18 },
      optimum: { fma: 2 * 18 },
      tangent: { fma: 2 * 18 },
      adjoint: { fma: 4 * 18 },
      preaccumulation: null,
    });
    expect(free.code.jax).toContain("@jax.jit");
    expect(free.code.pytorch).toContain("import torch");
    expect(free.bracketing).toMatchObject({ first: 1, last: 2, rows: 4, columns: 2, totalFma: 36 });
    expect(free.operations.reduce((sum: number, { fma }: { fma: number }) => sum + fma, 0)).toBe(36);
    expect(await planJson("--widths", "2,3,4", "--convention", "matrix-free")).toEqual(free);
  });

  test("a chain file: given Jacobians have no tangents, and no adjoints", async () => {
    const file = chainFile({
      elementals: [
        { n: 10, m: 30 },
        { n: 30, m: 5 },
        { n: 5, m: 60 },
      ],
    });
    // The textbook chain of (10 × 30)(30 × 5)(5 × 60), transposed: 4500.
    expect(await planJson("--chain", file)).toMatchObject({
      convention: "file",
      optimum: { fma: 4500 },
      tangent: null,
      adjoint: null,
      preaccumulation: { fma: 0 },
    });
  });

  test("edges alone, edges beside given Jacobians, and a tape that does not fit", async () => {
    const elementals = [
      { n: 3, m: 3, edges: 29 },
      { n: 3, m: 1, edges: 14 },
      { n: 1, m: 2, edges: 7 },
    ];
    const free = await planJson("--chain", chainFile({ elementals }));
    expect(free).toMatchObject({
      tangent: { fma: 3 * 50 },
      adjoint: { fma: 2 * 50 },
      preaccumulation: { fma: 3 * 29 + 14 + 7 },
    });
    const both = elementals.map((one) => ({ ...one, given: true }));
    expect(await planJson("--chain", chainFile({ elementals: both }))).toMatchObject({
      tangent: { fma: 3 * 21 },
      adjoint: { fma: 2 * 43 },
      preaccumulation: { fma: 0 },
    });
    const bounded = await planJson("--chain", chainFile({ elementals, memory: 20 }));
    expect(bounded).toMatchObject({ memory: 20, tangent: { fma: 150 }, adjoint: null });
    expect(bounded.optimum.fma).toBeGreaterThan(free.optimum.fma);
    // The option outweighs the file; 0 leaves tangents and products alone.
    const none = await planJson("--chain", chainFile({ elementals, memory: 20 }), "--memory", "0");
    expect(none).toMatchObject({ memory: 0, adjoint: null });
    expect(JSON.stringify(none.bracketing)).not.toContain("adjoint");
  });

  test("workers: one takes all FMA, many the critical path", async () => {
    const widths = ["--widths", "40,60,5,60,40"];
    const one = await planJson(...widths, "--workers", "1");
    const many = await planJson(...widths, "--workers", "1000");
    expect(one.schedule).toMatchObject({ makespan: one.optimum.fma, optimal: true });
    const operations: { fma: number; inputs: number[] }[] = many.operations;
    const ends: number[] = [];
    for (const { fma, inputs } of operations) ends.push(fma + Math.max(0, ...inputs.map((i) => ends[i]!)));
    expect(many.schedule.makespan).toBe(Math.max(...ends));
    expect(many.schedule.makespan).toBeLessThan(one.schedule.makespan);
  });

  test("all dense forgets that activations are diagonal", async () => {
    const chain = ["--widths", "60,5,4", "--activation", "tanh", "--memory", "0", "--convention", "given"];
    const structured = await planJson(...chain);
    const dense = await planJson(...chain, "--all-dense");
    // Without adjoints W2·D costs 4·5 FMA where D is diagonal, 4·5·5 where it is not; then the product with W1.
    expect(structured.optimum.fma).toBe(4 * 5 + 4 * 5 * 60);
    expect(dense.optimum.fma).toBe(4 * 5 * 5 + 4 * 5 * 60);
  });
});

describe("words", () => {
  test("a bottleneck: the convention, how much cheaper, where it is cut, memory, the switch, and calls to copy", async () => {
    const text = (await plan("--widths", "200,200,5,200,200")).replace(/(?<=\S)\n(?=\S)/g, " ");
    expect(text).toMatch(
      /^200-200-5-200-200, linear \(no activation\): n = 200, m = 200, Σ = 82,000 FMA per product Counted as JAX and PyTorch work/,
    );
    expect(text).toContain(
      "A mixed plan is the cheapest: 610,000 FMA. No plan of JVPs, VJPs and products of dense Jacobians of whole layers is cheaper.",
    );
    expect(text).toContain("Forward mode costs 16,400,000 FMA (26.9 times as much)");
    expect(text).toContain(
      "cut after factor 2, where it is 5 wide: factors 1–2 in reverse (5 VJPs), factors 3–4 forward (5 JVPs)",
    );
    expect(text).toMatch(/Memory at the peak in float64, all seeds of a call at once: this plan [\d.]+ KiB/);
    expect(text).toContain(
      "at width 199 a mixed plan would still be cheaper than both pure modes, at 200 it would not",
    );
    // The calls are those of the words.
    expect(text).toMatch(/J1, z2 = jax\.jacrev\(.*5 VJPs/);
    expect(text).toMatch(/J2 = jax\.jacfwd\(.*5 JVPs/);
    expect(text.match(/J2 @ J1/g)).toHaveLength(2);
    expect(text.match(/# 610,000 FMA/g)).toHaveLength(2);
  });

  test("with matrices at hand: no forward mode, no code, and what is at hand in the first sentence", async () => {
    const text = (await plan("--widths", "784,512,10", "--convention", "given")).replace(
      /(?<=\S)\n(?=\S)/g,
      " ",
    );
    expect(text).toContain(
      "Counted with the matrices of dense layers and the diagonals of activations at hand",
    );
    expect(text).toContain(
      "Products from the right (784 columns) and products from the left (10 rows) cost the same",
    );
    expect(text).not.toMatch(/forward mode|import jax/i);
    const nothing = await plan("--widths", "784,10", "--convention", "given");
    expect(nothing).toContain("Nothing to compute: the Jacobian is at hand.");
    expect(nothing).not.toMatch(/NaN|cost the same|times as much/);
  });

  test("code alone is that of the answer", async () => {
    const chain = ["--widths", "60,40,3,40,50", "--activation", "tanh"];
    const whole = await plan(...chain);
    for (const [name, marker] of [
      ["jax", "import jax\n"],
      ["torch", "import torch\n"],
    ] as const) {
      const code = await plan(...chain, "--code", name);
      expect(code.startsWith(marker)).toBe(true);
      expect(whole).toContain(code.trimEnd());
    }
    expect(await refused(...chain, "--code", "jax", "--convention", "given")).toMatch(
      /leave --convention given/,
    );
  });

  test("whether the chain is linear is said", async () => {
    expect(await plan("--widths", "9,8,7")).toMatch(/^9-8-7, linear \(no activation\): /);
    expect(await plan("--widths", "9,8,7", "--activation", "relu")).toMatch(/^9-8-7: n = 9/);
    const { stdout } = await runInside(["plan", "--help"]);
    expect(stdout).toContain("Without --activation the chain is linear");
  });

  test("workers: what is proven is said of this plan", async () => {
    const text = await plan("--widths", "40,60,5,60,40", "--workers", "2");
    expect(text.replaceAll("\n", " ")).toContain("no schedule of this plan ends earlier");
  });

  test("prose and tables fit 80 columns, also of a long chain", async () => {
    const widths = Array.from({ length: 30 }, (_, i) => 3 + ((i * 37) % 50)).join(",");
    for (const text of [
      await plan("--widths", widths, "--activation", "tanh", "--workers", "3"),
      await plan("--widths", "784,512,256,128,10", "--max-bytes", "400000"),
    ]) {
      const prose = text.slice(0, text.indexOf("In JAX:"));
      // A bracketing is one word to the eye, but broken at its blanks like any other.
      for (const line of prose.split("\n")) expect([...line].length, line).toBeLessThanOrEqual(80);
      expect(prose.length).toBeGreaterThan(500);
    }
  });

  test("within a bound on memory: those that fit, the cheapest first; none is an error that names the least", async () => {
    const text = await plan("--widths", "784,512,256,128,10", "--max-bytes", "100000");
    expect(text).toMatch(/Within 97\.7 KiB \(nothing at hand, dense seeds;/);
    const { fitting } = await planJson("--widths", "784,512,256,128,10", "--max-bytes", "100000");
    expect(fitting.length).toBeGreaterThan(0);
    const fma = fitting.map((one: { fma: number }) => one.fma);
    expect([...fma].sort((a, b) => a - b)).toEqual(fma);
    for (const { bytes } of fitting) expect(bytes).toBeLessThanOrEqual(100000);
    expect(await refused("--widths", "784,512,256,128,10", "--max-bytes", "1000")).toMatch(
      /none of plan for JAX\/PyTorch, reverse, .*reverse-checkpointed\[\d+\] needs at most 1000 bytes; the least is \S+.* with \d+/,
    );
    // The plan that is printed stands among them where it fits, and so does the checkpointed sweep.
    const wide = await planJson(
      "--widths",
      "512,512,8,512,512",
      "--activation",
      "tanh",
      "--max-bytes",
      "3000000",
    );
    expect(wide.fitting[0]).toMatchObject({ strategy: "plan for JAX/PyTorch" });
    expect(wide.fitting[0].fma).toBeLessThan(wide.fitting[1].fma / 10);
    const deep = ["10", ...Array<string>(30).fill("1000"), "1"].join(",");
    const few = await planJson("--widths", deep, "--activation", "tanh", "--max-bytes", "60000");
    expect(few.fitting[0]).toMatchObject({ strategy: "reverse-checkpointed", options: { snapshots: 3 } });
  });
});

test("in a process of its own it ends in the same way", async () => {
  const done = await runJacobench(["plan", "--widths", "2,3,4", "--format", "json"], { cwd: at() });
  expect({ code: done.code, stderr: done.stderr }).toEqual({ code: 0, stderr: "" });
  expect(JSON.parse(done.stdout).optimum).toEqual({ fma: 36 });
  const file = chainFile({
    elementals: [
      { n: 3, m: 2 },
      { n: 3, m: 2 },
    ],
  });
  const bad = await runJacobench(["plan", "--chain", file], { cwd: at() });
  expect({ code: bad.code, stdout: bad.stdout }).toEqual({ code: 2, stdout: "" });
  expect(bad.stderr).toMatch(/^jacobench: .*factor 2: n is 3, but factor 1 has m = 2.*\n$/);
});

describe("bad input: exit code 2, and the factor by name", () => {
  const good = { n: 3, m: 2, edges: 6 };
  test.each([
    [
      "neighbours that do not fit",
      { elementals: [good, { n: 4, m: 1, edges: 4 }] },
      /factor 2: n is 4, but factor 1 has m = 2/,
    ],
    ["zero", { elementals: [{ ...good, n: 0 }] }, /factor 1: n is 0/],
    ["negative", { elementals: [good, { n: 2, m: -1 }] }, /factor 2: m is -1/],
    ["fractional", { elementals: [{ ...good, edges: 2.5 }] }, /factor 1: edges is 2\.5/],
    ["no edges at all", { elementals: [{ ...good, edges: 0 }] }, /factor 1: edges is 0/],
    ["negative memory", { elementals: [good], memory: -1 }, /memory is -1/],
    ["memory that is no number", '{"elementals":[{"n":3,"m":2}],"memory":NaN}', /NaN|position|line 1/],
    ["memory as a text", { elementals: [good], memory: "NaN" }, /memory is "NaN"/],
    ["an empty chain", { elementals: [] }, /elementals is \[\]; expected at least one/],
    ["no chain", { factors: [] }, /unknown key "factors"/],
    [
      "a cost beyond 2^53",
      {
        elementals: [
          { n: 1e8, m: 1e8 },
          { n: 1e8, m: 1e8 },
        ],
      },
      /2\^53/,
    ],
  ] as const)("%s", async (_name, content, message) => {
    expect(await refused("--chain", chainFile(content))).toMatch(message);
  });

  test("options", async () => {
    expect(await refused()).toMatch(/no chain was given/);
    expect(await refused("--widths", "3,2", "--memory", "-1")).toMatch(/--memory is `-1`/);
    expect(await refused("--widths", "3,2", "--memory", "NaN")).toMatch(/--memory is `NaN`/);
    expect(await refused("--widths", "3,2", "--workers", "0")).toMatch(/--workers is `0`/);
    expect(await refused("--widths", "3,2", "--picture", "plan.gif")).toMatch(/plan\.gif.*\.svg, \.png/);
    expect(await refused("--chain", at("not-there.json"))).toMatch(/not-there\.json/);
  });
});

test("the bracketing as a picture in each format, blocks in the proportions of their matrices", async () => {
  const chain = ["--widths", "40,30,4,30,20", "--convention", "matrix-free"];
  const text = await plan(...chain, "--picture", at("plan.svg"));
  expect(text).toContain(`Picture: ${at("plan.svg")}`);
  expect(readFileSync(at("plan.svg"), "utf8")).toMatch(/^<svg/);
  await plan(...chain, "--picture", at("plan.vl.json"));
  const spec = JSON.parse(readFileSync(at("plan.vl.json"), "utf8"));
  expect(spec.usermeta.jacobench.widths).toEqual([40, 30, 4, 30, 20]);
  const long = Array.from({ length: 50 }, () => 3).join(",");
  expect(await refused("--widths", long, "--picture", at("long.svg"))).toMatch(/49 factors.*at most 40/);
  expect(existsSync(at("long.svg"))).toBe(false);
});

type LiteratureChain = {
  readonly id: string;
  readonly elementals: unknown;
  readonly memory?: number;
  readonly expected: Readonly<Record<string, number>>;
};

describe("the literature's instances", () => {
  const file = literatureInstances<{ readonly instances: readonly LiteratureChain[] }>("chains.json");

  test.skipIf(file === null)("all come out equal from the command", { timeout: 120_000 }, async () => {
    const { instances } = file!;
    for (const { id, elementals, memory, expected } of instances) {
      const file = chainFile(memory === undefined ? { elementals } : { elementals, memory });
      const found = await planJson("--chain", file);
      const numbers: Record<string, number | undefined> = {
        optimum: found.optimum.fma,
        tangent: found.tangent?.fma,
        adjoint: found.adjoint?.fma,
        preaccumulation: found.preaccumulation.fma,
        matrix_chain: found.products.fma,
        preaccumulation_total: found.preaccumulation.fma + found.products.fma,
      };
      for (const [name, value] of Object.entries(expected)) {
        expect({ id, name, value: numbers[name] ?? null }).toEqual({ id, name, value });
      }
    }
    expect(instances.length).toBeGreaterThan(0);
  });
});
