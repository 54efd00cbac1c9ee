/** @file The lock file names the packages of all platforms: npm drops those that it does not install, and then refuses. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { REPOSITORY } from "./support/run-command.ts";

type Locked = { readonly optionalDependencies?: Readonly<Record<string, string>> };

test("every optional package that another one names is locked", () => {
  const { packages } = JSON.parse(readFileSync(join(REPOSITORY, "package-lock.json"), "utf8")) as {
    packages: Readonly<Record<string, Locked>>;
  };
  const names = new Set(Object.keys(packages).map((path) => path.split("node_modules/").at(-1)!));
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !names.has(name))
      .map((name) => `${path} wants ${name}`),
  );
  expect(missing).toEqual([]);
});
