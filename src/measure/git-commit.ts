/** @file The commit that a checkout stands at, read from `.git` itself, so that no git program is needed. (N) */

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/**
 * Reads the commit of a checkout: a plain clone, a worktree, or a detached head.
 *
 * @param root - the folder that holds `.git`; folders above are not searched, so that a package installed inside
 * someone's repository does not take that repository's commit for its own
 * @returns 40 (or 64) hex digits; null if there is no checkout or no commit yet
 */
export function readGitCommit(root: string): string | null {
  const folder = gitFolder(root);
  const head = read(join(folder, "HEAD"));
  if (head === null) return null;
  if (!head.startsWith("ref: ")) return asCommit(head);
  const name = head.slice("ref: ".length);
  // A worktree keeps its own HEAD, but the branches of the repository that it belongs to.
  const common = read(join(folder, "commondir"));
  const shared = common === null ? folder : resolve(folder, common);
  return asCommit(read(join(shared, name))) ?? packedCommit(shared, name);
}

function gitFolder(root: string): string {
  const path = join(root, ".git");
  const pointer = read(path);
  return pointer?.startsWith("gitdir: ") ? resolve(root, pointer.slice("gitdir: ".length)) : path;
}

function packedCommit(folder: string, name: string): string | null {
  const lines = read(join(folder, "packed-refs"))?.split("\n") ?? [];
  const line = lines.find((candidate) => candidate.endsWith(` ${name}`));
  return asCommit(line?.split(" ")[0] ?? null);
}

function asCommit(text: string | null): string | null {
  return text !== null && /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text) ? text : null;
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return null;
  }
}
