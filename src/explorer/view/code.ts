/** @file The section with the matching calls, and its copy button. */

import { html, type TemplateResult } from "lit-html";
import { JacobenchError } from "../../errors.ts";
import type { App } from "../app.ts";
import { CODE_NAMES, codeOf } from "../code.ts";
import { CHOICES } from "../state.ts";

/** The section. */
export function codeView(app: App): TemplateResult {
  return html`<section id="code" aria-labelledby="code-title">
    <h2 id="code-title">The same in code</h2>
    <div class="bar">
      <div class="segments" role="group" aria-label="Language">
        ${CHOICES.code.map(
          (
            code,
          ) => html`<button type="button" data-code=${code} aria-pressed=${app.state.code === code ? "true" : "false"}
            @click=${() => app.change({ code })}>${CODE_NAMES[code]}</button>`,
        )}
      </div>
      <button type="button" class="copy" @click=${() => copy(app)}>${app.ui.copied ?? "Copy"}</button>
    </div>
    <pre tabindex="0" aria-label="Code"><code id="code-text">${textOf(app)}</code></pre>
  </section>`;
}

function textOf(app: App): string {
  try {
    return codeOf(app.state, app.model);
  } catch (error) {
    if (error instanceof JacobenchError) return `${error.message}\n`;
    throw error;
  }
}

async function copy(app: App): Promise<void> {
  const element = document.getElementById("code-text")!;
  const told = await navigator.clipboard
    .writeText(element.textContent ?? "")
    .then(() => "Copied")
    // In a frame the clipboard may be forbidden: the selected text is copied the old way, or by the reader's keys.
    .catch(() => {
      getSelection()?.selectAllChildren(element);
      return document.execCommand("copy") ? "Copied" : "Selected: copy it with Ctrl+C or ⌘C";
    });
  app.ui.copied = told;
  app.say(told);
  app.redraw();
  setTimeout(() => {
    app.ui.copied = null;
    app.redraw();
  }, 2500);
}
