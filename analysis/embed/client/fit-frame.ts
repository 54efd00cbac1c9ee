/** @file Runs in a chart's own page: in a frame, the page around it has the words. Sent to the browser as its text. */

/**
 * Hides what the embedding page says beside the frame (finding, conditions, tools), and the margins.
 *
 * It must use nothing from outside of itself but the page.
 */
export function fitFrame(): void {
  if (window.top === window.self) return;
  for (const words of document.querySelectorAll<HTMLElement>("h3, figcaption, form")) words.remove();
  document.body.style.padding = "0";
  document.body.style.maxWidth = "none";
  for (const figure of document.querySelectorAll<HTMLElement>("figure")) figure.style.margin = "0";
}
