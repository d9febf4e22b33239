import { checkMetafieldValue, isMetafieldType } from '../stores/metafield-types.js';
import { customerGid, type OwnedMetafield } from '../stores/metafields.js';
import type { World } from '../world.js';

interface Input {
  ownerId: string;
  namespace: string;
  key: string;
  type?: string;
  value: string;
}

interface UserError {
  field: string[];
  message: string;
  code: string;
  elementIndex: number | null;
}

/** Source of fact: shopify.dev, "metafieldsSet": 25 at most, and all of them are set or none. */
const maxMetafields = 25;

/** The resolver of the mutation `metafieldsSet`. */
export function metafieldsSet(world: World) {
  return ({ metafields: inputs }: { metafields: Input[] }) => {
    const userErrors: UserError[] = [];
    if (inputs.length > maxMetafields) {
      const message = `Exceeded the maximum metafields input limit of ${maxMetafields}.`;
      userErrors.push({
        field: ['metafields'],
        message,
        code: 'LESS_THAN_OR_EQUAL_TO',
        elementIndex: null,
      });
    }
    const metafields = inputs.map((input, index) => {
      const type = input.type ?? world.metafields.get(input.ownerId, input.namespace, input.key)?.type ?? '';
      const fault = faultOf({ ...input, type }, world);
      if (fault)
        userErrors.push({
          ...fault,
          field: ['metafields', String(index), ...fault.field],
          elementIndex: index,
        });
      return { ...input, type };
    });
    if (userErrors.length > 0) return { metafields: [], userErrors };
    for (const { ownerId, namespace, key, type, value } of metafields) {
      world.metafields.set(ownerId, namespace, key, { type, value });
    }
    return { metafields: metafields.map(toResult), userErrors };
  };
}

function faultOf({ ownerId, type, value }: OwnedMetafield, { settings }: World) {
  const customer = /^gid:\/\/shopify\/Customer\/(.*)$/.exec(ownerId)?.[1];
  if (
    !ownerId.startsWith('gid://') ||
    (customer !== undefined && !settings.customers.some(({ id }) => id === customer))
  ) {
    return { field: ['ownerId'], message: 'Owner does not exist.', code: 'INVALID' };
  }
  if (type === '') return { field: ['type'], message: "Type can't be blank.", code: 'BLANK' };
  if (value === '') return { field: ['value'], message: "Value can't be blank.", code: 'BLANK' };
  if (!isMetafieldType(type)) {
    return { field: ['type'], message: `Type "${type}" is none of Shopify's.`, code: 'INCLUSION' };
  }
  try {
    checkMetafieldValue(type, value);
    return undefined;
  } catch (error) {
    return {
      field: ['value'],
      message: `Value is invalid ${type}: ${(error as Error).message}.`,
      code: 'INVALID_VALUE',
    };
  }
}

function toResult({ ownerId, namespace, key, type, value }: OwnedMetafield) {
  const now = new Date().toISOString();
  const id = `gid://shopify/Metafield/${encodeURIComponent(`${customerGid(ownerId)}/${namespace}/${key}`)}`;
  return { id, namespace, key, type, value, createdAt: now, updatedAt: now };
}
