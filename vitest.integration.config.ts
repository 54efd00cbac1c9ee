/** @file The second tier of tests: what needs programs besides Node and npm. Each part skips loudly without them. */

import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/integration/**/*.test.ts"],
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
