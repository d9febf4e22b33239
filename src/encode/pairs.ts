import { kindOf } from '../errors.js';
import { refuse } from './refuse.js';
import { safeKey, type Tree } from './tree.js';

/** One field of a form: its name as Rack reads it (`a[b]`, `list[]`) and its value. */
export type Pair = [name: string, value: string | Blob];

const JSON_INSTEAD = "Use the 'json' encoding.";

/**
 * Spells a tree in Rack's brackets. Refused is what Rack 2.2 would read as something else: empty lists and objects,
 * keys with brackets or line ends, lists in lists, and lists of objects that it would merge.
 */
export function treePairs(tree: Tree, name = '', path = ''): Pair[] {
  if (tree === null || typeof tree !== 'object') return [[name, String(tree)]];
  const kind = kindOf(tree);
  if (kind !== 'Array' && kind !== 'Object') return [[name, tree as Blob]];
  let before: Pair[] = [];
  const pairs = Object.entries(tree).flatMap(([key, item]: [string, Tree]) => {
    if (kind === 'Object') {
      const here = path ? `${path}.${key}` : key;
      if (!key || /[[\]\n]/.test(key)) refuse(here, 'a key that a form cannot say', JSON_INSTEAD);
      return treePairs(item, name ? `${name}[${key}]` : key, here);
    }
    const here = `${path}[${key}]`;
    if (Array.isArray(item)) refuse(here, 'a list in a list', JSON_INSTEAD);
    const own = treePairs(item, `${name}[]`, here);
    const isObject = kindOf(item) === 'Object';
    // Rack begins the next object only when a key comes again, and never at a key with a list in it.
    const first = own[0]?.[0] ?? '';
    const begins = before.some(([known]) => known === first) && !first.includes('[]', name.length + 2);
    if (isObject && before.length && !begins) {
      refuse(here, 'a form merges it with the one before', 'Begin all with the same key, or use json.');
    }
    before = isObject ? own : [];
    return own;
  });
  if (!pairs.length && name) refuse(path, 'a form cannot say that it is empty', JSON_INSTEAD);
  return pairs;
}

/**
 * The fields of a form as its author named them, without files that nobody chose. Refused are names that Rack
 * would drop or misread, and values of which it would keep only the last.
 */
export function formPairs(data: FormData | URLSearchParams): Pair[] {
  const pairs = [...(data as Iterable<Pair>)].filter(
    ([, value]) => typeof value === 'string' || value.size || (value as File).name,
  );
  const shapes = new Map<string, string>();
  for (const [name] of pairs) {
    if (!/^(?!.*\[\]\[\])[^[\]\n]+(\[[^[\]\n]*\]){0,99}$/.test(name))
      refuse(name, 'unreadable', 'Name fields like a, a[b] or a[].');
    const parts = name.split('[');
    for (const [index, part] of parts.entries()) {
      safeKey(part.replace(']', ''), name);
      const here = parts.slice(0, index + 1).join('[');
      const next = parts[index + 1];
      const shape = next === ']' ? 'list' : next ? 'object' : 'value';
      const known = shapes.get(here) ?? shape;
      const isRepeated = shape === 'value' && shapes.has(here) && !here.includes('[]');
      if (known !== shape || isRepeated)
        refuse(name, `${here} is a ${known} already`, `For a list, name each ${here}[].`);
      shapes.set(here, shape);
    }
  }
  return pairs;
}
