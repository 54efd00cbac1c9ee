/** @file `npm run readme`: writes every figure and every printed block of the pages anew, from their sources. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../run-command.ts";
import { abridged, printedBlocks } from "./blocks.ts";
import { FIGURES } from "./figures.ts";
import { PAGES, placeFigures, replaceSpans } from "./pages.ts";
import { committedText } from "./sources.ts";

/** Brings one page up to date; names the sentences that it no longer holds, and leaves their numbers alone. */
async function update(page: string): Promise<void> {
  const old = committedText(page);
  const { placed, missing } = placeFigures(page, old);
  const figures = placed.flatMap(({ spans, values }) => {
    const now = values();
    return spans.map((span, i) => [span, now[i]!] as const);
  });
  const blocks = await Promise.all(
    printedBlocks(old).map(
      async ({ span, print }) => [span, abridged(old.slice(span.start, span.end), await print())] as const,
    ),
  );
  const text = replaceSpans(old, [...figures, ...blocks]);
  if (text !== old) writeFileSync(join(REPOSITORY, page), text);
  for (const message of missing) console.error(message);
  if (missing.length > 0) process.exitCode = 1;
  console.log(`${page}: ${text === old ? "up to date" : "written anew; look at the difference"}`);
}

for (const page of new Set([...PAGES, ...FIGURES.map((figure) => figure.page)])) await update(page);
