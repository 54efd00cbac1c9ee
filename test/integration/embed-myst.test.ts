/** @file Charts in MyST: mystmd reads the printed snippet and copies its files, as far as it goes without its template server. */

import { existsSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { AWKWARD_LABEL, type CourseNotes, startNotes } from "../support/course-notes.ts";
import { temporaryFolder } from "../support/folder.ts";
import { runProcess } from "../support/run-command.ts";
import { findBuilder } from "../support/site-builders.ts";

const myst = findBuilder("mystmd", "myst");

type Node = {
  readonly type: string;
  readonly value?: string;
  readonly url?: string;
  readonly alt?: string;
  readonly children?: readonly Node[];
};

const all = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(all)];
const textOf = (node: Node): string => node.value ?? (node.children ?? []).map(textOf).join("");

describe.skipIf(myst === null)("MyST", () => {
  const inside = temporaryFolder();
  let notes: CourseNotes;
  let nodes: readonly Node[];

  beforeAll(async () => {
    notes = startNotes(inside("notes"));
    notes.write(
      "myst.yml",
      "version: 1",
      "project: { title: Notes, toc: [{ file: index.md }] }",
      "site: { template: book-theme }",
    );
    notes.write(
      "index.md",
      "# Page\n",
      await notes.embed("ratio", "--for", "myst", "--as", "interactive"),
      "",
      await notes.embed("scaling", "--for", "myst"),
    );
    // The content is written before the theme is fetched, so that the exit code says whether the server was there.
    await runProcess(myst!, ["build", "--site"], { cwd: notes.path() });
    const content = notes.path("_build/site/content/index.json");
    expect(existsSync(content)).toBe(true);
    nodes = all((JSON.parse(readFileSync(content, "utf8")) as { mdast: Node }).mdast);
  });

  const copied = (url: string): string => notes.path("_build/site/public", url.replace(/^\//, ""));

  test("copies the pictures and keeps their words", () => {
    const images = nodes.filter(({ type }) => type === "image");
    expect(images).toHaveLength(2);
    for (const { url, alt } of images) {
      expect(url).toMatch(/^\/scaling-\w+-[0-9a-f]+\.svg$/);
      expect(readFileSync(copied(url!), "utf8")).toMatch(/^<svg/);
      expect(alt).toMatch(/^Chart: /);
    }
    const captions = nodes.filter(({ type }) => type === "caption").map(textOf);
    expect(captions).toHaveLength(2);
    expect(captions[0]).toMatch(/Forward|Reverse|faster|wins/i);
    expect(captions[1]).toContain(AWKWARD_LABEL);
  });

  test("copies the interactive page that is linked", () => {
    const link = nodes.find(({ type, url }) => type === "link" && url?.endsWith(".html"));
    expect(textOf(link!)).toBe("Open the interactive chart");
    expect(readFileSync(copied(link!.url!), "utf8")).toMatch(/^<!doctype html>/);
  });

  test("writes Markdown with the figure in it", async () => {
    const { stdout, stderr } = await runProcess(myst!, ["build", "--md", "index.md"], { cwd: notes.path() });
    const file = notes.path("_build/exports/index.md");
    expect(existsSync(file), stdout + stderr).toBe(true);
    expect(readFileSync(file, "utf8")).toMatch(/scaling-ratio[\w-]*\.svg/);
  });
});
