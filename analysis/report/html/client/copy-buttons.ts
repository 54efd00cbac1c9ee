/** @file Runs in the page: buttons that copy a text. Sent to the browser as the text of the function. */

/**
 * Shows the tools that need this script, and lets every button with `data-copy` copy the text of the element that it
 * names; where the browser refuses, the text is selected, so that the keyboard can copy it.
 *
 * It must use nothing from outside of itself but the page.
 */
export function copyButtons(): void {
  for (const tools of document.querySelectorAll<HTMLElement>(".tools")) tools.hidden = false;
  const say = (button: HTMLElement, text: string): void => {
    const before = button.dataset.label ?? button.textContent ?? "";
    button.dataset.label = before;
    button.textContent = text;
    const announcer = document.getElementById("announcer");
    if (announcer) announcer.textContent = text;
    setTimeout(() => {
      button.textContent = before;
    }, 2500);
  };
  const select = (element: Element): boolean => {
    const selection = getSelection();
    selection?.removeAllRanges();
    const range = document.createRange();
    range.selectNodeContents(element);
    selection?.addRange(range);
    // Old, and the only way where a page has no clipboard of its own.
    return document.execCommand("copy");
  };
  document.addEventListener("click", async (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-copy]") : null;
    const source = button && document.getElementById(button.dataset.copy!);
    if (!button || !source) return;
    try {
      await navigator.clipboard.writeText(source.textContent ?? "");
      say(button, "Copied");
    } catch {
      say(button, select(source) ? "Copied" : "Selected: copy it with Ctrl+C or ⌘C");
    }
  });
}
