/** @file Runs in the page: folded parts open where a link leads into them, and on paper. Sent to the browser as its text. */

/**
 * Opens the folded part that a link of the page or its address leads to, and all of them for as long as the page is
 * printed; those that hold a chart's numbers stay closed, since paper has the pictures.
 *
 * It must use nothing from outside of itself but the page.
 */
export function openFolds(): void {
  const reveal = (): void => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = target?.closest<HTMLDetailsElement>("details") ?? target?.querySelector("details.part");
    if (fold instanceof HTMLDetailsElement) fold.open = true;
  };
  document.addEventListener("click", (event) => {
    const link =
      event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href^='#']") : null;
    // The address has not changed yet, and does not where it is the same again.
    if (link !== null) setTimeout(reveal);
  });
  addEventListener("hashchange", reveal);
  reveal();
  let opened: HTMLDetailsElement[] = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>("details:not([open], .numbers)")];
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
  });
}
