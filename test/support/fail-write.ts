/**
 * @file Preloaded by tests (node --import): lets the N-th write of the process fail as a full or read-only disk does.
 * FAIL_WRITE=ENOSPC:3 fails the third write and all after it, the third one after half of its bytes.
 */

import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const [code = "", after = "1"] = (process.env.FAIL_WRITE ?? "").split(":");
const realWrite = fs.writeSync;
let count = 0;

function failingWrite(descriptor: number, bytes: Uint8Array, offset: number): number {
  count++;
  const length = bytes.length - offset;
  if (count === Number(after) && length > 1) return realWrite(descriptor, bytes, offset, length >> 1);
  if (count > Number(after)) throw Object.assign(new Error(`${code}, write`), { code, syscall: "write" });
  return realWrite(descriptor, bytes, offset, length);
}

if (code !== "") {
  fs.writeSync = failingWrite as typeof fs.writeSync;
  syncBuiltinESMExports();
}
