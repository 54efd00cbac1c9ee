/** @file Is this Node new enough? Written so that old versions can load it: no imports, no new syntax. */

/** The oldest Node that runs jacobench, as in `engines` of package.json. */
export const NEEDED_NODE = "22.18";

/**
 * Compares a version of Node with the needed one.
 *
 * @param found - e.g. `process.versions.node`: `20.11.1`
 * @param needed - major and minor, e.g. `22.18`
 * @returns null if it is new enough, otherwise one line for the person who sees it
 */
export function nodeVersionProblem(found: string, needed: string = NEEDED_NODE): string | null {
  const [major = 0, minor = 0] = found.split(".").map(Number);
  const [neededMajor = 0, neededMinor = 0] = needed.split(".").map(Number);
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return null;
  return `jacobench: this is Node ${found}; expected Node ${needed} or newer; install one from https://nodejs.org`;
}
