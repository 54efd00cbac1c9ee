/** @file The explorer under the hand: dragged, typed, guessed, linked to, fed with odd addresses; quiet all the while. */

import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { modelOf } from "../../src/explorer/model.ts";
import { sentenceOf } from "../../src/explorer/sentences.ts";
import { describeInBrowser, type OpenedPage } from "../support/browser.ts";
import { drawn, openExplorer, writeExplorer } from "../support/explorer-page.ts";
import { temporaryFolder } from "../support/folder.ts";

const path = temporaryFolder();

const widthsOf = async (page: Page): Promise<number[]> => {
  await drawn(page);
  return page.evaluate(`[...document.querySelectorAll(".widths input")].map(({ value }) => Number(value))`);
};
const sliderOf = (page: Page, i: number) => page.locator(`[data-column="${i}"]`);
const numberOf = async (page: Page, i: number): Promise<number> => {
  await drawn(page);
  return Number(await sliderOf(page, i).getAttribute("aria-valuenow"));
};
const answerOf = async (page: Page): Promise<string> => {
  await drawn(page);
  return ((await page.locator("#answer").textContent()) ?? "").replace(/\s+/g, " ").trim();
};

/** The sentence that belongs to widths without activation and loss. */
const answerFor = (widths: readonly number[]): string => {
  const { head, rest } = sentenceOf(modelOf({ widths, activation: "none", loss: "none" }));
  return `${head} ${rest}`;
};

async function closeQuietly({ problems, requests, context }: OpenedPage): Promise<void> {
  expect(problems).toEqual([]);
  expect(requests).toEqual([]);
  await context.close();
}

describeInBrowser("the explorer", (browser) => {
  let file: string;
  beforeAll(async () => {
    file = await writeExplorer(path("explorer.html"));
  });

  it("asks first, tells no cost before, and then says what was guessed and what is counted", async () => {
    const opened = await openExplorer(browser(), file);
    const { page } = opened;
    expect(await page.locator("#guess-question").textContent()).toMatch(/784 numbers into one/);
    expect(await page.locator("#answer, #costs, canvas[data-copies]").count()).toBe(0);
    expect(await page.locator(".guess .primary").isDisabled()).toBe(true);
    await page.locator('input[value="forward"]').check();
    await page.locator('input[value="10"]').check();
    await page.locator(".guess .primary").click();
    await opened.waitFor(`document.activeElement?.id === "answer"`);
    expect(await answerOf(page)).toBe(answerFor([784, 128, 64, 10, 1]));
    expect(await page.locator(".guessed").textContent()).toMatch(
      /You guessed forward mode, about 10 times; counted: reverse mode, 784 times. Look again/,
    );
    // What is revealed stays so in a link.
    await opened.waitFor(`location.hash === "#widths=784-128-64-10-1"`);
    await closeQuietly(opened);
  });

  it("moves a width under the mouse: up and down from both edges, and everything follows at once", async () => {
    const opened = await openExplorer(browser(), file, "widths=100-60-40");
    const { page } = opened;
    const bar = async (i: number) => (await sliderOf(page, i).locator(".bar").boundingBox())!;
    const before = await bar(1);
    const [x, top] = [before.x + before.width / 2, before.y + 4];
    await page.mouse.move(x, top);
    await page.mouse.down();
    await page.mouse.move(x, top - 20, { steps: 4 });
    await opened.waitFor(
      `Number(document.querySelector('[data-column="1"]').getAttribute("aria-valuenow")) > 60`,
    );
    const during = await bar(1);
    // It grows by so much as the hand moves, on both sides; the others stand still.
    expect(during.height).toBeCloseTo(before.height + 40, -1);
    expect((await bar(0)).height).toBeCloseTo((before.height * 100) / 60, -1);
    await page.mouse.up();
    const widths = await widthsOf(page);
    expect(widths[0]).toBe(100);
    expect(widths[1]).toBeGreaterThan(70);
    expect(await answerOf(page)).toBe(answerFor(widths));
    const after = await bar(1);
    const bottom = after.y + after.height - 3;
    await page.mouse.move(x, bottom);
    await page.mouse.down();
    await page.mouse.move(x, bottom - 500, { steps: 6 });
    await page.mouse.up();
    // Never below one, however far.
    expect(await numberOf(page, 1)).toBe(1);
    await opened.waitFor(`location.hash === "#widths=100-1-40"`);
    await closeQuietly(opened);
  });

  it("moves a width under a finger, and lets the page scroll beside it", async () => {
    const opened = await openExplorer(browser(), file, "widths=100-60-40", {
      viewport: { width: 390, height: 800 },
      hasTouch: true,
      isMobile: true,
    });
    const { page } = opened;
    const box = (await sliderOf(page, 0).locator(".bar").boundingBox())!;
    const session = await page.context().newCDPSession(page);
    const swipe = async (x: number, y: number, by: number): Promise<void> => {
      const send = (type: "touchStart" | "touchMove" | "touchEnd", at?: number) =>
        session.send("Input.dispatchTouchEvent", {
          type,
          touchPoints: at === undefined ? [] : [{ x, y: at }],
        });
      await send("touchStart", y);
      for (let step = 1; step <= 5; step++) await send("touchMove", y + (by * step) / 5);
      await send("touchEnd");
    };
    await swipe(box.x + box.width / 2, box.y + 4, 40);
    await opened.waitFor(
      `Number(document.querySelector('[data-column="0"]').getAttribute("aria-valuenow")) < 60`,
    );
    expect(await page.evaluate("scrollY")).toBe(0);
    const widths = await widthsOf(page);
    await swipe(box.x + box.width + 40, box.y + box.height / 2, -150);
    await opened.waitFor("scrollY > 50");
    expect(await widthsOf(page)).toEqual(widths);
    await closeQuietly(opened);
  });

  it("moves a width by keys: arrows, with shift, pages, home, end, delete; a slider says what it is", async () => {
    const opened = await openExplorer(browser(), file, "widths=100-60-40");
    const { page } = opened;
    const slider = sliderOf(page, 1);
    await slider.focus();
    const press = async (key: string): Promise<number> => {
      await page.keyboard.press(key);
      return numberOf(page, 1);
    };
    expect(await press("ArrowUp")).toBe(61);
    expect(await press("ArrowRight")).toBe(62);
    expect(await press("Shift+ArrowDown")).toBe(52);
    expect(await press("ArrowLeft")).toBe(51);
    expect(await press("PageUp")).toBe(102);
    expect(await press("PageDown")).toBe(51);
    const most = Number(await slider.getAttribute("aria-valuemax"));
    expect(await press("End")).toBe(most);
    expect(most).toBeGreaterThan(100);
    expect(await press("Home")).toBe(1);
    expect(await press("ArrowDown")).toBe(1);
    expect(await slider.getAttribute("role")).toBe("slider");
    expect(await slider.getAttribute("aria-valuetext")).toBe("1 unit");
    expect(await slider.getAttribute("aria-label")).toBe("Width of hidden layer 1");
    // What is heard is the answer, once it has settled.
    await opened.waitFor(`document.getElementById("announcer").textContent !== ""`);
    expect(await page.locator("#announcer").textContent()).toBe(answerFor([100, 1, 40]));
    await page.keyboard.press("Delete");
    await opened.waitFor(`document.querySelectorAll(".widths input").length === 2`);
    expect(await widthsOf(page)).toEqual([100, 40]);
    await closeQuietly(opened);
  });

  it("takes widths as numbers and as text, layers, activation and loss; odd ones get a sentence", async () => {
    const opened = await openExplorer(browser(), file, "widths=100-60-40");
    const { page } = opened;
    await page.locator("#width-2").fill("7");
    expect(await answerOf(page)).toBe(answerFor([100, 60, 7]));
    await page.locator("#width-2").fill("-7");
    await page.locator("#width-2").press("Tab");
    expect(await page.locator("#widths-problem").textContent()).toMatch(/“-7”; expected whole numbers/);
    expect(await page.locator("#width-2").inputValue()).toBe("7");
    const paste = page.locator(".paste input");
    await paste.fill("[30, 20, 10, 5]");
    await paste.press("Enter");
    await opened.waitFor(`document.querySelectorAll(".widths input").length === 4`);
    expect(await page.locator("#widths-problem").count()).toBe(0);
    await page.locator(".stepper button").last().click();
    expect(await widthsOf(page)).toEqual([30, 20, 10, 7, 5]);
    await page.locator(".stepper button").first().click();
    expect(await widthsOf(page)).toEqual([30, 20, 10, 5]);
    await paste.fill("<img src=x onerror=alert(1)>");
    await paste.press("Enter");
    expect(await page.locator("#widths-problem").textContent()).toContain("“<img”");
    await page.locator(".tools select").first().selectOption("tanh");
    await page.locator(".tools select").last().selectOption("softmaxCrossEntropy");
    await opened.waitFor(`location.hash === "#widths=30-20-10-5&activation=tanh&loss=softmaxCrossEntropy"`);
    const { head } = sentenceOf(
      modelOf({ widths: [30, 20, 10, 5], activation: "tanh", loss: "softmaxCrossEntropy" }),
    );
    expect(await answerOf(page)).toContain(head);
    expect(await page.locator(".column.loss").count()).toBe(1);
    await closeQuietly(opened);
  });

  it.each([
    "widths=784-128-10",
    "widths=512-512-8-512-512&plan=given",
    "widths=9-7-5-3&activation=relu&loss=softmaxCrossEntropy&code=pytorch",
    "widths=1000000-3-1000000",
  ])("a link opens exactly its network, with the costs of the toolkit: %s", async (address) => {
    const opened = await openExplorer(browser(), file, address);
    const { page } = opened;
    const parts = new URLSearchParams(address);
    const widths = parts.get("widths")!.split("-").map(Number);
    expect(await widthsOf(page)).toEqual(widths);
    const model = modelOf({
      widths,
      activation: (parts.get("activation") ?? "none") as "none",
      loss: (parts.get("loss") ?? "none") as "none",
    });
    for (const way of model.ways) {
      const row = page.locator(`tr[data-way="${way.id}"]`);
      if (way.refused !== null) {
        expect(await row.locator(".refused").textContent()).toBe(way.refused);
        continue;
      }
      const shown = await row
        .locator("data")
        .evaluateAll((all) => all.map((one) => one.getAttribute("value")));
      expect(shown.map(Number)).toEqual([way.fma, way.bytes]);
    }
    const plan = model.planOf((parts.get("plan") ?? "matrix-free") as "given");
    if (plan.refused === null) {
      expect(await page.locator(".bracketing").textContent()).toBe(plan.text);
      const labels = await page.locator(".tree rect").count();
      expect(labels).toBeGreaterThanOrEqual(model.shape.layers.length);
    } else expect(await page.locator(".plan .refused").textContent()).toBe(plan.refused);
    expect(await page.locator("#plot-bars .mark-rect.role-mark path").count()).toBe(
      model.ways.filter(({ refused }) => refused === null).length,
    );
    expect(await page.locator("#plot-grid .mark-rect.role-mark path").count()).toBe(49);
    if (parts.get("code") === "pytorch") {
      expect(await page.locator("#code-text").textContent()).toContain("J = jacrev(through(");
    }
    await closeQuietly(opened);
  });

  it("follows an address that is changed while it is open, and leaves the history alone", async () => {
    const opened = await openExplorer(browser(), file, "widths=3-4");
    const { page } = opened;
    const entries = await page.evaluate("history.length");
    await page.locator('[data-preset="autoencoder"]').click();
    await opened.waitFor(`location.hash === "#widths=512-512-8-512-512"`);
    const link = await page.locator(".link").getAttribute("href");
    expect(link).toBe(`${pathToFileURL(file).href}#widths=512-512-8-512-512`);
    expect(await page.evaluate("history.length")).toBe(entries);
    await page.evaluate(`location.hash = "#widths=6-5"`);
    await opened.waitFor(`document.querySelectorAll(".widths input").length === 2`);
    expect(await answerOf(page)).toBe(answerFor([6, 5]));
    await closeQuietly(opened);
  });

  it.each([
    ["widths=99999999-2", "“99999999”"],
    ["widths=-5-2", "“-5”"],
    ["widths=<script>document.title='owned'</script>-2", "“<script>document.title='owned'</script>”"],
    [
      "widths=3-4&view=<img src=x onerror=\"document.title='owned'\">",
      "“<img src=x onerror=\"document.title='o…”",
    ],
    [`widths=${"9-".repeat(40)}9`, "There are 40 layers"],
    ["widths=javascript:alert(1)", "“javascript:alert(1)”"],
  ])("refuses the address #%s with a sentence, and runs nothing of it", async (address, said) => {
    const opened = await openExplorer(browser(), file, address);
    const { page } = opened;
    const alert = page.locator("#address-problem");
    expect(await alert.getAttribute("role")).toBe("alert");
    expect(await alert.textContent()).toContain(said);
    expect(await page.title()).toMatch(/^The Jacobian explorer/);
    expect(await page.locator("#explorer script, #explorer img").count()).toBe(0);
    expect(await page.locator(".widths input").count()).toBeGreaterThan(1);
    await closeQuietly(opened);
  });
});
