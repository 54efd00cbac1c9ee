/** @file Charts on slides: Marp builds HTML and PDF of the printed snippets, and both show the charts. */

import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { browserProgram, launchBrowser } from "../support/browser.ts";
import { AXIS_WORDS, type CourseNotes, expectCharts, startNotes } from "../support/course-notes.ts";
import { temporaryFolder } from "../support/folder.ts";
import { runProcess } from "../support/run-command.ts";
import { findBuilder, findPrograms } from "../support/site-builders.ts";

const marp = findBuilder("@marp-team/marp-cli", "marp");
const chromium = marp === null ? null : await browserProgram();
const ready = marp !== null && chromium !== null;
if (marp !== null && chromium === null) {
  console.warn("SKIPPED: Marp's PDF needs a browser; on Linux run npm ci, elsewhere install Chrome or Edge.");
}
const hasPdfTools = ready && findPrograms({ pdftotext: "poppler-utils" });

describe.skipIf(!ready)("Marp", () => {
  const inside = temporaryFolder();
  let notes: CourseNotes;

  const build = (...args: readonly string[]) =>
    runProcess(marp!, args, {
      cwd: notes.path(),
      env: { ...chromium!.env, CHROME_PATH: chromium!.path, CHROME_NO_SANDBOX: "1" },
    });
  const slidesOf = async (name: string): Promise<string[]> =>
    (await runProcess("pdftotext", ["-layout", name, "-"], { cwd: notes.path() })).stdout.split("\f");

  beforeAll(async () => {
    notes = startNotes(inside("slides"));
    notes.write(
      "deck.md",
      "# First\n",
      await notes.embed("ratio", "--for", "marp"),
      "",
      await notes.embed("scaling", "--for", "marp", "--as", "interactive"),
    );
  });

  test("HTML shows picture and frame", async () => {
    const { code, stderr } = await build("deck.md", "--html", "-o", "deck.html");
    expect(code, stderr).toBe(0);
    // Slides are shown one at a time; printed, all are.
    const browser = await launchBrowser();
    const bare = await build("deck.md", "--html", "--template", "bare", "-o", "bare.html");
    expect(bare.code).toBe(0);
    await expectCharts(browser, pathToFileURL(notes.path("bare.html")).href, { pictures: 1, frames: 1 });
    await browser.close();
  });

  test.skipIf(!hasPdfTools)("PDF shows both, as vectors with their words", async () => {
    const { code, stderr } = await build(
      "deck.md",
      "--html",
      "--pdf",
      "--allow-local-files",
      "-o",
      "deck.pdf",
    );
    expect(code, stderr).toBe(0);
    const [first, picture, frame] = await slidesOf("deck.pdf");
    expect(first).toMatch(/First/);
    expect(picture).toMatch(AXIS_WORDS);
    expect(frame).toMatch(/time of the full Jacobian/);
  });

  test.skipIf(!hasPdfTools)(
    "without --allow-local-files Marp leaves the charts out with exit code 0",
    async () => {
      const { code } = await build("deck.md", "--html", "--pdf", "-o", "blocked.pdf");
      expect(code).toBe(0);
      expect((await slidesOf("blocked.pdf"))[1]).not.toMatch(AXIS_WORDS);
    },
  );
});
