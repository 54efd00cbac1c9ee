/** @file Relative links of a notebook as they must read in what is made from it, which stands in another folder. Pure. */

import { posix } from "node:path";

/** A place that notebooks are turned into. */
export type Target = {
  /** Ending of lessons there, with the dot. */
  readonly extension: string;
  /** The folder of notebooks as seen from there, e.g. `../../notebooks`. */
  readonly notebooks: string;
};

/** A span of code, which is matched to be passed over, or the second half of a link with its address. */
const CODE_OR_LINK = /(?<!`)(?:`[^`]+`|``.+?``)(?!`)|\]\(([^()\s]+)\)/g;

/**
 * Turns a link of a cell into one of the target.
 *
 * @param href - as the cell has it: relative to `notebooks/`, of the web, or of a part of the page
 * @param target - what is made
 */
export function retarget(href: string, { extension, notebooks }: Target): string {
  if (/^(?:[a-z][a-z0-9+.-]*:|#|\/)/i.test(href)) return href;
  const lesson = /^(?:\.\/)?(\d\d-[a-z0-9-]+)\.ipynb(#.*)?$/.exec(href);
  if (lesson !== null) return `${lesson[1]}${extension}${lesson[2] ?? ""}`;
  return posix.join(notebooks, href);
}

/**
 * Does the same for all links and pictures of a Markdown text, code left alone, in fences and in lines.
 *
 * @param text - Markdown
 * @param target - what is made
 */
export function retargetMarkdown(text: string, target: Target): string {
  let fence: string | null = null;
  return text
    .split("\n")
    .map((line) => {
      const marker = /^\s*(`{3,}|~{3,})/.exec(line)?.[1] ?? null;
      if (marker !== null && (fence === null || marker.startsWith(fence)))
        fence = fence === null ? marker : null;
      if (fence !== null) return line;
      return line.replace(CODE_OR_LINK, (all: string, href: string | undefined) =>
        href === undefined ? all : `](${retarget(href, target)})`,
      );
    })
    .join("\n");
}
