/** @file Charts in a VitePress site with a base: the build finds pictures and frames in a page of a folder. */

import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { AWKWARD_LABEL, type CourseNotes, expectCharts, startNotes } from "../support/course-notes.ts";
import { temporaryFolder } from "../support/folder.ts";
import { runProcess } from "../support/run-command.ts";
import { serveFolder } from "../support/serve-folder.ts";
import { BUILDERS_FOLDER, findBuilder } from "../support/site-builders.ts";

const vitepress = findBuilder("vitepress", "vitepress");

describe.skipIf(vitepress === null)("VitePress", () => {
  const inside = temporaryFolder();
  let notes: CourseNotes;

  beforeAll(async () => {
    notes = startNotes(inside("site"));
    symlinkSync(join(BUILDERS_FOLDER, "node_modules"), notes.path("node_modules"), "junction");
    notes.write("package.json", '{ "private": true, "type": "module" }');
    notes.write("docs/.vitepress/config.mjs", 'export default { title: "Notes", base: "/course/" };');
    notes.write("docs/index.md", "# Home");
    mkdirSync(notes.path("docs/guide"), { recursive: true });
    const into = ["--for", "vitepress", "--into", "docs/guide"];
    notes.write(
      "docs/guide/page.md",
      "# Page\n",
      await notes.embed("ratio", ...into),
      "",
      await notes.embed("scaling", ...into, "--as", "interactive"),
    );
    const { code, stdout, stderr } = await runProcess(
      process.execPath,
      [vitepressScript(), "build", "docs"],
      {
        cwd: notes.path(),
        env: { NODE_ENV: undefined, VITEST: undefined },
      },
    );
    expect(code, stdout + stderr).toBe(0);
    // A mistake in the text of a page is logged only.
    expect(stdout + stderr).not.toMatch(/TypeError|ReferenceError/);
  });

  const vitepressScript = (): string =>
    join(BUILDERS_FOLDER, "node_modules", "vitepress", "bin", "vitepress.js");

  test("a page shows the charts under its base", async () => {
    const page = readFileSync(notes.path("docs/.vitepress/dist/guide/page.html"), "utf8");
    expect(page).toMatch(/<img src="\/course\/assets\/scaling-ratio\.[\w-]+\.svg" alt="Chart: /);
    const { server, address } = await serveFolder(notes.path("docs/.vitepress/dist"), "/course/");
    const browser = await launchBrowser();
    await expectCharts(browser, `${address}/course/guide/page.html`, { pictures: 1, frames: 1 });
    await browser.close();
    server.close();
  });

  test("captions are the text that they are", () => {
    const page = readFileSync(notes.path("docs/.vitepress/dist/guide/page.html"), "utf8");
    const text = page
      .replace(/<[^>]+>/g, "")
      .replace(
        /&(lt|gt|amp|quot|#39);/g,
        (_, name: string) => ({ lt: "<", gt: ">", amp: "&", quot: '"' })[name] ?? "'",
      );
    expect(text).toContain(AWKWARD_LABEL);
  });
});
