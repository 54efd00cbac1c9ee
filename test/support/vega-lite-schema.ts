/** @file Vega-Lite's own schema as a check that says where a spec breaks it. */

import { createRequire } from "node:module";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";

/**
 * Compiles the schema; it takes seconds, so once a test file.
 *
 * @returns null for a valid spec, else the deepest place and what is wrong there
 */
export function vegaLiteProblem(): (spec: unknown) => string | null {
  const schema = createRequire(import.meta.url)("vega-lite/vega-lite-schema.json");
  const ajv = new Ajv({ strict: false, formats: { "color-hex": true } });
  (addFormats as unknown as (ajv: Ajv) => void)(ajv);
  const validate = ajv.compile(schema);
  return (spec) => {
    if (validate(structuredClone(spec))) return null;
    const deepest = validate.errors!.reduce((a, b) =>
      b.instancePath.length > a.instancePath.length ? b : a,
    );
    return `${deepest.instancePath} ${deepest.message}`;
  };
}
