import type { StreamObject, Task, TaskContext } from 'mechanic-storefront/emulator';

type Fields = { [name: string]: unknown };

const cents: { [sku: string]: number } = { assam: 890, sencha: 1240, rooibos: 760 };
const vatNumbers: { [country: string]: RegExp } = {
  AT: /^ATU\d{8}$/,
  DE: /^DE\d{9}$/,
  FR: /^FR[A-Z\d]{2}\d{9}$/,
  NL: /^NL\d{9}B\d{2}$/,
};
const mostQuotes = 20;

/**
 * *Quote this cart.* Publishes a map keyed by UUID under the one key that the cache endpoint shows, first with
 * progress, then with the quote. The actions go in sequence: otherwise "done" could be overwritten by "working".
 */
const quote: Task = {
  name: 'Quote a cart',
  subscriptions: ['user/quote/requested'],
  perform_action_runs_in_sequence: true,
  *run({ event, cache }) {
    const { uuid, cart } = event.data as {
      uuid: string;
      cart: { items: { sku: string; quantity: number }[] };
    };
    yield { log: { quoting: cart.items.length } };
    const earlier = Object.entries((cache['quotes'] ?? {}) as Fields).slice(1 - mostQuotes);
    const publish = (record: Fields): StreamObject => ({
      action: {
        type: 'cache',
        options: ['set', 'quotes', { ...Object.fromEntries(earlier), [uuid]: record }],
      },
    });
    yield publish({ uuid, status: 'working', progress: 0.3, message: 'Reading your cart' });
    yield publish({ uuid, status: 'working', progress: 0.7, message: 'Asking for freight' });
    const pieces = cart.items.reduce((sum, { quantity }) => sum + quantity, 0);
    if (pieces === 0) {
      yield publish({ uuid, status: 'failed', error: { code: 'empty_cart', message: 'The cart is empty.' } });
      return;
    }
    const goods = cart.items.reduce((sum, { sku, quantity }) => sum + (cents[sku] ?? 0) * quantity, 0);
    const freight = 490 + 60 * pieces;
    yield publish({ uuid, status: 'done', value: { goods, freight, total: goods + freight } });
  },
};

/** *Check a VAT number.* Stores a file whose name is the UUID. It only looks at the number's form. */
const vatNumber: Task = {
  name: 'Check a VAT number',
  subscriptions: ['user/vat_number/submitted'],
  *run({ event }) {
    const { uuid, vat_number: given } = event.data as { uuid: string; vat_number?: string };
    const number = (given ?? '').toUpperCase().replace(/[\s.-]/g, '');
    const country = number.slice(0, 2);
    const isRight = vatNumbers[country]?.test(number);
    yield { log: { country, isRight: isRight === true } };
    yield store(
      `vat/${uuid}.json`,
      isRight
        ? { uuid, status: 'done', value: { number, country } }
        : {
            uuid,
            status: 'failed',
            error: { code: 'invalid_number', message: `"${number}" has not the form of a VAT number.` },
          },
    );
  },
};

/** *Verify your address.* Writes the result into a metafield of the customer, where the section renders it. */
const address: Task = {
  name: 'Verify an address',
  subscriptions: ['user/address/submitted'],
  *run({ event }) {
    const {
      uuid,
      customer_id: customer,
      address: given,
    } = event.data as {
      uuid: string;
      customer_id?: string;
      address: { street: string; postcode: string; city: string };
    };
    if (!customer) {
      yield { error: 'No customer id: the visitor is not signed in.' };
      return;
    }
    const tidy = (text: string) => text.trim().replace(/\s+/g, ' ');
    const verified = [tidy(given.street), `${tidy(given.postcode).toUpperCase()} ${tidy(given.city)}`].join(
      ', ',
    );
    yield {
      action: {
        type: 'shopify',
        options: {
          query: `mutation ($metafields: [MetafieldsSetInput!]!) {
            metafieldsSet(metafields: $metafields) { userErrors { field message } }
          }`,
          variables: {
            metafields: [
              {
                ownerId: `gid://shopify/Customer/${customer}`,
                namespace: 'mechanic',
                key: 'result',
                type: 'json',
                value: JSON.stringify({ uuid, status: 'done', value: { address: verified } }),
              },
            ],
          },
        },
      },
    };
  },
};

/** *Contact us.* Tells what arrived, the file included. */
const message: Task = {
  name: 'Receive a message',
  subscriptions: ['user/message/sent'],
  *run({ event }: TaskContext) {
    const { uuid, ...received } = event.data as Fields & { uuid: string };
    const photo = received['photo'] as { name: string; mime_type: string; size: number } | undefined;
    const value = {
      ...received,
      ...(photo && { photo: { name: photo.name, mime_type: photo.mime_type, size: photo.size } }),
    };
    yield store(`messages/${uuid}.json`, { uuid, status: 'done', value });
  },
};

function store(path: string, record: Fields): StreamObject {
  return {
    action: {
      type: 'http',
      options: { method: 'put', url: `https://storage.mechanic.test/storage/${path}`, body: record },
    },
  };
}

export const tasks: readonly Task[] = [quote, vatNumber, address, message];
