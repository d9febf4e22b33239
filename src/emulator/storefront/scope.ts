import { seenFrom } from '../seen-from.js';
import { type OwnedMetafield, parseMetafield } from '../stores/metafields.js';
import type { World } from '../world.js';

/** The Liquid objects that sections and templates see. `mechanic.url` is the emulator's own. */
export function createScope(world: World, request: Request, customerId: string | null): object {
  const { settings, metafields, origin } = world;
  const { origin: storefront, host, pathname } = new URL(request.url);
  const customer = settings.customers.find(({ id }) => id === customerId);
  return {
    // nil when nobody is signed in.
    customer: customer && {
      // A number in Shopify, too.
      id: /^\d{1,15}$/.test(customer.id) ? Number(customer.id) : customer.id,
      email: customer.email,
      metafields: toMetafields(metafields.entries(customer.id)),
    },
    settings: settings.settings,
    request: {
      origin: storefront,
      host,
      path: pathname,
      design_mode: settings.designMode,
      locale: { iso_code: settings.locale },
    },
    routes: { root_url: '/', account_login_url: '/account/login' },
    shop: { name: 'Local storefront', url: storefront, domain: host },
    mechanic: { url: seenFrom(world, origin, request) },
  };
}

function toMetafields(fields: readonly OwnedMetafield[]): object {
  const byNamespace: { [namespace: string]: { [key: string]: object } } = Object.create(null);
  for (const { namespace, key, type, value } of fields) {
    byNamespace[namespace] ??= Object.create(null) as { [key: string]: object };
    byNamespace[namespace][key] = { type, value: parseMetafield({ type, value }) };
  }
  return byNamespace;
}
