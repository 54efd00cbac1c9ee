/** @file The committed bytes of the `wasm` kernel are what its source gives. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { BYTES_FILE, buildWasm } from "../support/build-wasm.ts";

test("npm run build:wasm would change nothing", async () => {
  const committed = readFileSync(BYTES_FILE, "utf8");
  // Not toBe: a difference would print two walls of base64.
  const same = committed === (await buildWasm());
  expect(
    same,
    "src/kernels/wasm/bytes.ts is not what src/kernels/assembly gives: run npm run build:wasm",
  ).toBe(true);
}, 60_000);
