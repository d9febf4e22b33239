import type { Page } from 'playwright';

/** Keeps what a screen reader would say of a page without being asked. Call it before the page is opened. */
export async function listen(page: Page): Promise<void> {
  await page.addInitScript(listenInPage);
}

/**
 * What has been said since the last time: `polite: …` and `assertive: …` for live regions, and `focus: …` for a place
 * that got the focus and is no control. A screen reader is told once in a frame, so the frames are waited for.
 */
export function said(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    return (window as unknown as { said: string[] }).said.splice(0);
  });
}

/** Runs in the page. What is said again counts again, also with the same words. */
function listenInPage(): void {
  const log: string[] = [];
  Object.assign(window, { said: log });
  const LIVE = '[role=status],[role=alert],[role=log],[aria-live]';
  const tidy = (text: string) => text.replace(/\s+/g, ' ').trim();
  const isShown = (element: Element) => element.checkVisibility();

  /** The text that is shown in a region and in no other inside it. */
  const textOf = (region: Element): string => {
    const texts = document.createTreeWalker(region, NodeFilter.SHOW_TEXT);
    let text = '';
    while (texts.nextNode()) {
      const { parentElement, data } = texts.currentNode as Text;
      if (parentElement?.closest(LIVE) === region && isShown(parentElement)) text += data;
    }
    return tidy(text);
  };
  const urgencyOf = (region: Element) =>
    region.getAttribute('aria-live') ?? (region.getAttribute('role') === 'alert' ? 'assertive' : 'polite');

  const before = new Map<Element, string>();
  const written = new Set<Element>();
  const look = () => {
    for (const region of document.querySelectorAll(LIVE)) {
      const text = textOf(region);
      const isNews = text !== (before.get(region) ?? '') || written.has(region);
      before.set(region, text);
      if (text && isNews && urgencyOf(region) !== 'off') log.push(`${urgencyOf(region)}: ${text}`);
    }
    written.clear();
  };

  const observer = new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      const parent = target instanceof Element ? target : target.parentElement;
      const region = parent?.closest(LIVE);
      if (!parent || !region || !isShown(parent)) continue;
      if (type === 'characterData' || addedNodes.length) written.add(region);
    }
    requestAnimationFrame(look);
  });
  // Without a document element there is nothing to observe yet.
  document.addEventListener('readystatechange', () => look(), { once: true });
  observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  document.addEventListener('focusin', ({ target }) => {
    const element = target as HTMLElement;
    if (element.tabIndex < 0) log.push(`focus: ${tidy(element.innerText)}`);
  });
}
