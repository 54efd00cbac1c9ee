/** @file What a browser is recorded as: its name and version from what it says, and nothing that it does not need to say. */

import { describe, expect, test } from "vitest";
import { browserEnvironment, browserName } from "../../../src/explorer/measure/browser-environment.ts";
import { environmentSchema } from "../../../src/results/schema.ts";

const WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)";
const SOFTWARE = { packages: { jacobench: "0.1.0" }, gitCommit: "abc" };

describe("names", () => {
  test.each([
    [
      `Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} HeadlessChrome/147.0.0.0 Safari/537.36`,
      "Chrome 147",
      "Linux",
    ],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/147.0.0.0 Safari/537.36 Edg/147.0`,
      "Edge 147",
      "Windows",
    ],
    [
      "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:151.0) Gecko/20100101 Firefox/151.0",
      "Firefox 151",
      "Linux",
    ],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15",
      "Safari 26",
      "macOS",
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1",
      "Safari 26",
      "iOS",
    ],
    [
      `Mozilla/5.0 (Linux; Android 10; K) ${WEBKIT} SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36`,
      "Samsung Internet 29",
      "Android",
    ],
    ["something new", null, null],
  ])("%s", (userAgent, name, system) => {
    expect(browserName({ userAgent })).toBe(name);
    const environment = browserEnvironment(
      { navigator: { userAgent } },
      SOFTWARE,
      1e-4,
      "2026-11-24T10:00:00.000Z",
    );
    expect(environment.os).toBe(system);
  });

  test("brands go before the user agent, the made-up one is left out", () => {
    const brands = [
      { brand: "Not)A;Brand", version: "8" },
      { brand: "Chromium", version: "147" },
      { brand: "Google Chrome", version: "147" },
    ];
    const userAgent = "Chrome/1.0";
    expect(browserName({ userAgent, userAgentData: { brands, platform: "macOS" } })).toBe("Chrome 147");
    expect(browserName({ userAgent, userAgentData: { brands: brands.slice(0, 2), platform: "" } })).toBe(
      "Chromium 147",
    );
  });
});

test("the record is one of the schema, and says only what is listed here", () => {
  const environment = browserEnvironment(
    { navigator: { userAgent: "Firefox/151.0", hardwareConcurrency: 8 }, crossOriginIsolated: true },
    SOFTWARE,
    2.0000000001e-5,
    "2026-11-24T10:00:00.000Z",
  );
  expect(environmentSchema.parse(JSON.parse(JSON.stringify(environment)))).toEqual(environment);
  const { id, ...rest } = environment;
  expect(id).toMatch(/^[0-9a-f]{10}$/);
  expect(rest).toEqual({
    runtime: "browser",
    runtimeVersion: "Firefox 151",
    v8: null,
    os: null,
    architecture: null,
    cpuModel: null,
    cores: 8,
    memoryBytes: null,
    cacheBytes: { l1: null, l2: null, l3: null },
    packages: SOFTWARE.packages,
    gitCommit: "abc",
    crossOriginIsolated: true,
    clockResolutionSeconds: 2e-5,
    startedAt: "2026-11-24T10:00:00.000Z",
    finishedAt: null,
    loadAtStart: null,
    loadAtEnd: null,
  });
});
