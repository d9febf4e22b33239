import { createEmulator, type Emulator, type EmulatorOptions } from 'mechanic-storefront/emulator';

const here = (path: string) => new URL(path, import.meta.url);

/** The ids in the demo's URLs. A real shop copies its own from Mechanic. */
const ids = {
  quotes: '6f1c2e0a-7a53-4d0e-9a54-0f3c1b7d2e01',
  vatNumbers: '6f1c2e0a-7a53-4d0e-9a54-0f3c1b7d2e02',
  addresses: '6f1c2e0a-7a53-4d0e-9a54-0f3c1b7d2e03',
  messages: '6f1c2e0a-7a53-4d0e-9a54-0f3c1b7d2e04',
  quotesEndpoint: '6f1c2e0a-7a53-4d0e-9a54-0f3c1b7d2e05',
  offers: '6f1c2e0a-7a53-4d0e-9a54-0f3c1b7d2e06',
  offersEndpoint: '6f1c2e0a-7a53-4d0e-9a54-0f3c1b7d2e07',
};

/** The local Mechanic of the demo, with a customer who has yesterday's result in her metafield. */
export function createDemo(options: Pick<EmulatorOptions, 'latency' | 'seed'> = {}): Emulator {
  const mechanic = createEmulator({
    webhooks: [
      { id: ids.quotes, name: 'Quotes', topic: 'user/quote/requested' },
      { id: ids.vatNumbers, name: 'VAT numbers', topic: 'user/vat_number/submitted' },
      { id: ids.addresses, name: 'Addresses', topic: 'user/address/submitted' },
      { id: ids.messages, name: 'Contact form', topic: 'user/message/sent' },
      { id: ids.offers, name: 'Offers', topic: 'user/offer/requested' },
    ],
    cacheEndpoints: [
      { id: ids.quotesEndpoint, key: 'quotes' },
      { id: ids.offersEndpoint, key: 'offers' },
    ],
    tasks: here('tasks/*.json'),
    customers: [{ id: '1001', email: 'customer@example.test' }],
    // The theme kit as it is copied into a shop, under a theme that uses it.
    themes: [here('theme'), here('../theme')],
    assets: [here('../dist')],
    settings: ids,
    ...options,
  });
  mechanic.metafields.set('gid://shopify/Customer/1001', 'mechanic', 'result', {
    type: 'json',
    value: JSON.stringify({
      uuid: '00000000-0000-4000-8000-000000000000',
      status: 'done',
      value: { address: "Yesterday's Lane 1" },
    }),
  });
  return mechanic;
}
