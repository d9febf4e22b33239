import { show } from '../json.js';

/** A metafield's content: as in Shopify, the value is always text. */
export interface Metafield {
  /** `json`, `single_line_text_field`, … */
  type: string;
  /** For type `json`, JSON text. */
  value: string;
}

/** A metafield with its place. */
export interface OwnedMetafield extends Metafield {
  /** `gid://shopify/Customer/1001` */
  ownerId: string;
  /** `mechanic`, for instance. */
  namespace: string;
  /** `result`, for instance. */
  key: string;
}

/** The shop's metafields. An owner id without `gid://` is a customer's. */
export class MetafieldStore {
  readonly #metafields = new Map<string, OwnedMetafield>();

  /** The metafield; `undefined` when there is none. */
  get(ownerId: string, namespace: string, key: string): Metafield | undefined {
    const found = this.#metafields.get(address(ownerId, namespace, key));
    return found && { type: found.type, value: found.value };
  }

  /**
   * Writes a metafield.
   *
   * @throws Error when the value is no text, or not what its type takes.
   */
  set(ownerId: string, namespace: string, key: string, { type, value }: Metafield): void {
    if (typeof value !== 'string')
      throw new TypeError(`metafields.set: value must be text; received ${show(value)}`);
    parseMetafield({ type, value });
    const owner = customerGid(ownerId);
    this.#metafields.set(address(owner, namespace, key), { ownerId: owner, namespace, key, type, value });
  }

  /** All metafields, or those of one owner. */
  entries(ownerId?: string): OwnedMetafield[] {
    const all = [...this.#metafields.values()];
    const wanted =
      ownerId === undefined ? all : all.filter((field) => field.ownerId === customerGid(ownerId));
    return wanted.map((field) => ({ ...field }));
  }
}

/**
 * What Liquid's `.value` is: text, unless the type says otherwise.
 *
 * @throws SyntaxError when the value is not what its type takes.
 */
export function parseMetafield({ type, value }: Metafield): unknown {
  const parsed =
    type === 'json' || type === 'boolean' || type.startsWith('number_') || type.startsWith('list.');
  return parsed ? JSON.parse(value) : value;
}

/** A customer's global id, as the Admin API writes it. */
export function customerGid(id: string): string {
  return id.startsWith('gid://') ? id : `gid://shopify/Customer/${id}`;
}

function address(...parts: [ownerId: string, namespace: string, key: string]): string {
  return JSON.stringify([customerGid(parts[0]), parts[1], parts[2]]);
}
