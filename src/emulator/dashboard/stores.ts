import { html } from 'hono/html';
import type { World } from '../world.js';
import { contains } from './filter.js';
import { block, type Html, listSection } from './parts.js';
import { clock, cut, pretty, preview, until } from './text.js';

/** The cache, the storage bucket and the metafields: what contains the text. */
export function storesView({ cache, storage, metafields }: World, text: string): Html[] {
  const entries = cache.entries().filter((entry) => contains(entry, text));
  // As text: the bytes would be listed one by one.
  const files = storage.entries().filter(({ path, body }) => contains([path, body], text));
  const fields = metafields.entries().filter((field) => contains(field, text));
  return [
    listSection(
      'Cache',
      `${entries.length}`,
      'No entry.',
      entries.map(({ key, value, expiresAt }) => {
        const expires = html`<span class="quiet">expires <time datetime="${expiresAt}">${clock(expiresAt)}</time>, in ${until(expiresAt)}</span>`;
        return block(`cache-${key}`, key, preview(value), html`<pre>${pretty(value)}</pre>`, expires);
      }),
    ),
    listSection(
      'Files',
      `${files.length}`,
      'No stored file.',
      files.map(({ path, contentType, bytes, body }) => {
        const kind = html`<span class="quiet">${contentType}, ${bytes.length.toLocaleString('en')} bytes</span>`;
        return block(`file-${path}`, path, cut(body, 160), html`<pre>${cut(body)}</pre>`, kind);
      }),
    ),
    listSection(
      'Metafields',
      `${fields.length}`,
      'No metafield.',
      fields.map(({ ownerId, namespace, key, type, value }) => {
        const address = `${ownerId} ${namespace}.${key}`;
        const content = html`<pre>${cut(value)}</pre>`;
        return block(
          `field-${address}`,
          address,
          cut(value, 160),
          content,
          html`<span class="quiet">${type}</span>`,
        );
      }),
    ),
  ];
}
