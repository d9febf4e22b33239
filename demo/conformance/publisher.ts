import type { StreamObject } from 'mechanic-storefront/emulator';

/** Where a result can be published. */
export type Place = 'file' | 'cache' | 'metafield';

export interface Publication {
  place: Place;
  /** The run that it is for. */
  for: string;
  /** What is published: a record, or what is none. */
  content: unknown;
}

/** Makes the action that publishes something in one of the three places. */
export function createPublisher(): (publication: Publication) => StreamObject {
  /** What the cache endpoint shows, by UUID: the latest, since a value of the cache may be 256 kB. */
  const results = new Map<string, unknown>();
  return ({ place, for: uuid, content }) => {
    if (place === 'cache') {
      results.delete(uuid);
      results.set(uuid, content);
      const latest = Object.fromEntries([...results].slice(-20));
      return { action: { type: 'cache', options: ['set', 'results', latest] } };
    }
    if (place === 'file') {
      const url = `https://storage.mechanic.test/storage/results/${uuid}.json`;
      return { action: { type: 'http', options: { method: 'put', url, body: content } } };
    }
    const query = `mutation ($metafields: [MetafieldsSetInput!]!) {
      metafieldsSet(metafields: $metafields) { userErrors { message } }
    }`;
    const metafield = {
      ownerId: 'gid://shopify/Customer/2001',
      namespace: 'mechanic',
      key: 'result',
      type: 'json',
      value: JSON.stringify(content),
    };
    return { action: { type: 'shopify', options: { query, variables: { metafields: [metafield] } } } };
  };
}
