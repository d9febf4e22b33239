import type { Faults } from './faults.js';
import type { Latency } from './latency.js';
import type { Task } from './task.js';
import type { TaskFile } from './tasks/task-file.js';

/** A webhook of the account. */
export interface WebhookOptions {
  /** The UUID in the webhook's URL. */
  id: string;
  /** What the dashboard calls it. @default the topic */
  name?: string;
  /** The topic of its events: `user/subject/verb`. */
  topic: string;
  /**
   * `auto`: the event data is the request's parameters. `full`: it describes the whole request.
   * @default 'auto'
   */
  mode?: 'auto' | 'full';
}

/** A cache endpoint: one cache key that anyone may read at one URL. */
export interface CacheEndpointOptions {
  /** The UUID in the endpoint's URL. */
  id: string;
  /** The cache key that it shows. */
  key: string;
}

/** A customer of the storefront. */
export interface CustomerOptions {
  /** Digits, as in Shopify: `'1001'`. */
  id: string;
  /** As Liquid's `customer.email` has it. */
  email: string;
}

/**
 * What a local Mechanic is made of. Everything has a default; a mistake throws a `TypeError` that names the
 * option (`webhooks[0].topic`) and what was received.
 */
export interface EmulatorOptions {
  /** The webhooks of the account. @default [] */
  webhooks?: readonly WebhookOptions[];
  /** The cache endpoints of the account. @default [] */
  cacheEndpoints?: readonly CacheEndpointOptions[];
  /**
   * Tasks: functions, what task files hold, or where task files are: paths, file URLs and glob patterns
   * (`'tasks/*.json'`). Task files are read anew at each event, so that an edit shows in the next.
   *
   * @default []
   */
  tasks?: string | URL | readonly (Task | TaskFile | string | URL)[];
  /**
   * The shop as tasks see it, in Shopify's REST form. Its `iana_timezone` and `currency` are those of the filters
   * `date` and `currency`. What is not given here, and has no default, fails the task that reads it.
   *
   * @default { name: 'Local storefront', iana_timezone: 'UTC', currency: 'USD', … }
   */
  shop?: { [key: string]: unknown };
  /**
   * Origins that HTTP actions may reach over the network, such as `'https://api.example.test'`. Any other is
   * refused, also when a response redirects there.
   *
   * @default []
   */
  allowHttp?: readonly string[];
  /** Who can sign in on the storefront. @default [] */
  customers?: readonly CustomerOptions[];
  /** The id of the customer who is signed in when the browser has no say (no cookie). @default null */
  signedIn?: string | null;
  /** Folder of `<section>.liquid` files. @default none */
  sections?: string | URL;
  /** Folder of page templates: `index.liquid`, `page.liquid`, `page.<view>.liquid`, or the same as `.json`. @default none */
  templates?: string | URL;
  /** Folders that the storefront serves under `/assets/`; the first that has the file wins. @default [] */
  assets?: readonly (string | URL)[];
  /**
   * Folders laid out as Shopify themes (`layout`, `templates`, `sections`, `snippets`, `locales`, `assets`), one over
   * the other: the first that has a file wins. `sections`, `templates` and `assets` come before them.
   *
   * @default []
   */
  themes?: readonly (string | URL)[];
  /** The language of the storefront, by the name of its locale file: `'en'`, `'pt-BR'`. @default 'en' */
  locale?: string;
  /** Whether pages are rendered as in the theme editor: `request.design_mode`. @default false */
  designMode?: boolean;
  /** Any JSON, for sections and templates, where it is called `settings`. @default {} */
  settings?: { [key: string]: unknown };
  /** How long Mechanic takes. @default 'fast' */
  latency?: Latency;
  /** What goes wrong between pages and Mechanic; `faults.set()` changes it later. @default {} */
  faults?: Faults;
  /** Where all randomness comes from: jitter, the order of unordered actions, ids. An integer. @default 1 */
  seed?: number;
  /**
   * How a cache endpoint answers while its key is missing: a status, an empty body, or a body of `null`
   * (both under 200). Mechanic does not document it, so test with more than one. @default 404
   */
  cacheMiss?: 404 | 204 | 'empty' | 'null';
  /** How storage answers for an absent file: 403 is S3 for readers who may not list. @default 404 */
  storageMiss?: 404 | 403;
  /** Whether a page may read the `x-request-id` header. Mechanic does not document it. @default false */
  exposeRequestId?: boolean;
  /** Whether the storefront is behind its password page. @default false */
  password?: boolean;
}
