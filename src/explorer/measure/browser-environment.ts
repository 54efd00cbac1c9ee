/** @file What a browser says of itself and its machine, for the record: name, system, cores, clock; nothing beyond. */

import { environmentId, type LastingEnvironment } from "../../measure/environment-id.ts";
import type { Environment } from "../../results/types.ts";

/** The part of a page's global object that is read; tests bring their own. */
export type BrowserGlobals = {
  readonly navigator: {
    readonly userAgent: string;
    readonly hardwareConcurrency?: number;
    readonly userAgentData?: {
      readonly brands: readonly { readonly brand: string; readonly version: string }[];
      readonly platform: string;
    };
  };
  readonly crossOriginIsolated?: boolean;
};

/** Names in a user agent string, the most particular first: most browsers also say that they are Chrome and Safari. */
const NAMES: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\bEdgA?\/(\d+)/, "Edge"],
  [/\bOPR\/(\d+)/, "Opera"],
  [/\bSamsungBrowser\/(\d+)/, "Samsung Internet"],
  [/\b(?:Firefox|FxiOS)\/(\d+)/, "Firefox"],
  [/\bCriOS\/(\d+)/, "Chrome (iOS)"],
  [/\b(?:Headless)?Chrome\/(\d+)/, "Chrome"],
  [/\bVersion\/(\d+)(?=.*\bSafari\/)/, "Safari"],
];

const SYSTEMS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\bAndroid\b/, "Android"],
  [/\b(?:iPhone|iPad|iPod)\b/, "iOS"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b|\bMacintosh\b/, "macOS"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
];

/**
 * Reads the environment at the start of a session.
 *
 * @param globals - of the page
 * @param software - of which the page was built
 * @param clockResolutionSeconds - as the worker found it
 * @param startedAt - ISO 8601, UTC
 * @returns `finishedAt` null
 */
export function browserEnvironment(
  globals: BrowserGlobals,
  software: Pick<Environment, "packages" | "gitCommit">,
  clockResolutionSeconds: number,
  startedAt: string,
): Environment {
  const { navigator, crossOriginIsolated } = globals;
  const lasting: LastingEnvironment = {
    runtime: "browser",
    runtimeVersion: browserName(navigator),
    v8: null,
    os: navigator.userAgentData?.platform || named(SYSTEMS, navigator.userAgent)?.name || null,
    architecture: null,
    cpuModel: null,
    cores: navigator.hardwareConcurrency ?? null,
    memoryBytes: null,
    cacheBytes: { l1: null, l2: null, l3: null },
    packages: software.packages,
    gitCommit: software.gitCommit,
    crossOriginIsolated: crossOriginIsolated ?? false,
  };
  return {
    id: environmentId(lasting),
    ...lasting,
    clockResolutionSeconds: Number(clockResolutionSeconds.toPrecision(4)),
    startedAt,
    finishedAt: null,
    loadAtStart: null,
    loadAtEnd: null,
  };
}

/**
 * A browser's name with its main version, e.g. `Chrome 147`.
 *
 * @returns null for one that does not say
 */
export function browserName({ userAgent, userAgentData }: BrowserGlobals["navigator"]): string | null {
  // A made-up brand stands among the real ones so that nobody relies on their list; Chromium is in all of its kind.
  const brands = (userAgentData?.brands ?? []).filter(({ brand }) => !/not.{0,2}a.{0,2}brand/i.test(brand));
  const own = brands.find(({ brand }) => brand !== "Chromium") ?? brands[0];
  if (own !== undefined) return `${own.brand.replace(/^Google |^Microsoft |^Headless/, "")} ${own.version}`;
  const found = named(NAMES, userAgent);
  return found === null ? null : `${found.name} ${found.version}`;
}

function named(
  names: readonly (readonly [RegExp, string])[],
  userAgent: string,
): { readonly name: string; readonly version: string } | null {
  for (const [pattern, name] of names) {
    const match = pattern.exec(userAgent);
    if (match !== null) return { name, version: match[1] ?? "" };
  }
  return null;
}
