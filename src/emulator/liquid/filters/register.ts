import { type Liquid, filters as liquidJsFilters } from 'liquidjs';
import { arrayFilters } from './arrays.js';
import { csvFilters } from './csv.js';
import { dateFilters } from './dates.js';
import { digestFilters } from './digests.js';
import { type Host, type TaskFilters, toLiquidFilter } from './filter.js';
import { graphqlFilters } from './graphql.js';
import { hashFilters } from './hashes.js';
import { jsonFilters } from './json.js';
import { moneyFilters } from './money.js';
import { numberFilters } from './numbers.js';
import { patternFilters } from './patterns.js';
import { textFilters } from './text.js';

const own: TaskFilters = {
  ...arrayFilters,
  ...csvFilters,
  ...dateFilters,
  ...digestFilters,
  ...graphqlFilters,
  ...hashFilters,
  ...jsonFilters,
  ...moneyFilters,
  ...numberFilters,
  ...patternFilters,
  ...textFilters,
};

/** Mechanic's filters that LiquidJS's own can stand for. All others of LiquidJS are unknown to Mechanic. */
const borrowed = [
  'append',
  'capitalize',
  'downcase',
  'escape',
  'escape_once',
  'lstrip',
  'prepend',
  'remove',
  'remove_first',
  'remove_last',
  'replace_first',
  'replace_last',
  'reverse',
  'rstrip',
  'sort',
  'sort_natural',
  'strip',
  'strip_html',
  'strip_newlines',
  'truncate',
  'truncatewords',
  'upcase',
  'url_decode',
  'url_encode',
];

/** Filters that Mechanic has, and the local Mechanic has not. Source of fact: Mechanic docs, "Filters". */
export const notEmulatedFilters = [
  'add_tag',
  'add_tags',
  'browser',
  'e164',
  'gunzip',
  'gzip',
  'img_url',
  'money',
  'money_with_currency',
  'parse_xml',
  'remove_tag',
  'remove_tags',
  'rsa_sha256',
  'rsa_sha512',
  'shopify',
  'url_param_escape',
];

/** Gives a Liquid engine the filters of Mechanic, and takes away those that Mechanic has not. */
export function registerFilters(liquid: Liquid, host: Host): void {
  for (const name of Object.keys(liquidJsFilters)) {
    if (!borrowed.includes(name)) liquid.unregisterFilter(name);
  }
  for (const [name, filter] of Object.entries(own)) liquid.registerFilter(name, toLiquidFilter(filter, host));
  for (const name of notEmulatedFilters) {
    liquid.registerFilter(name, () => {
      throw new Error(`The filter "${name}" is not emulated`);
    });
  }
}
