/** @file Reads results.json: checks its version, its form, and that its records name only cases, variants and machines that it holds. */

import { JacobenchError } from "../errors.ts";
import { resultsSchema, type StoredConfig } from "./schema.ts";
import { RESULTS_SCHEMA_VERSION, type Results } from "./types.ts";

export { formatResults } from "./format.ts";

/**
 * Checks parsed JSON and gives it its type.
 *
 * @param json - what `JSON.parse` gave
 * @param where - the file's name, for messages
 * @returns the results; a maxAbsError that is null in the file (JSON knows no NaN) is NaN
 * @throws {JacobenchError} `ERR_CONFIG` for another version or a wrong form
 */
export function parseResults(json: unknown, where: string): Results<StoredConfig> {
  if (json === null || typeof json !== "object" || !("schemaVersion" in json)) {
    throw new JacobenchError(
      "ERR_CONFIG",
      `${where}: no schemaVersion found; expected the results.json of a jacobench sweep`,
    );
  }
  if (json.schemaVersion !== RESULTS_SCHEMA_VERSION) {
    throw new JacobenchError(
      "ERR_CONFIG",
      `${where}: schemaVersion is ${JSON.stringify(json.schemaVersion)}; this jacobench reads version ` +
        `${RESULTS_SCHEMA_VERSION}: use the version of jacobench that made it, or measure again`,
    );
  }
  const parsed = resultsSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const path = issue.path
      .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
      .join("");
    throw new JacobenchError(
      "ERR_CONFIG",
      `${where}: $${path}: ${issue.message}; the file is not as jacobench wrote it`,
    );
  }
  expectNames(parsed.data, where);
  return parsed.data;
}

function expectNames(results: Results, where: string): void {
  const cases = new Set(results.cases.map((item) => item.id));
  const variants = new Set(results.variants.map((item) => item.label));
  const machines = new Set(results.environments.map((item) => item.id));
  const check = (known: ReadonlySet<string>, name: string, path: string): void => {
    if (known.has(name)) return;
    throw new JacobenchError(
      "ERR_CONFIG",
      `${where}: ${path} is "${name}"; expected one of ${[...known].join(", ")}`,
    );
  };
  for (const [i, record] of [...results.costs.entries()]) {
    check(cases, record.case, `$.costs[${i}].case`);
    check(variants, record.variant, `$.costs[${i}].variant`);
  }
  for (const [i, record] of results.measurements.entries()) {
    check(cases, record.case, `$.measurements[${i}].case`);
    check(variants, record.variant, `$.measurements[${i}].variant`);
    check(machines, record.machine, `$.measurements[${i}].machine`);
  }
}
