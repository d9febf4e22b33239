import { html } from 'hono/html';

/** A piece of the page: everything in it is escaped. */
export type Html = ReturnType<typeof html>;

/** How something ended, or that it has not. */
export function badge(status: string): Html {
  return html`<span class="badge" data-status="${status}">${status}</span>`;
}

/** What opens on a click, with the beginning of its content beside its name. */
export function block(key: string, name: string | Html, preview: string, content: Html, extra?: Html): Html {
  return html`<details class="block" data-key="${key}">
<summary><span class="name">${name}</span><code class="preview">${preview}</code>${extra ?? ''}</summary>
${content}</details>`;
}

/** A list with its heading and the number of its items. */
export function listSection(title: string, count: string, empty: string, items: readonly Html[]): Html {
  const id = title.toLowerCase();
  return html`<section id="${id}" data-key="${id}" aria-label="${title}">
<h2>${title} <span class="count">${count}</span></h2>
${items.length === 0 ? html`<p class="note" data-key="empty">${empty}</p>` : items}
</section>`;
}
