/** A file that came in a multipart body, as it stands in event data. */
export interface UploadedFile {
  content_base64: string;
  mime_type: string;
  name: string;
  /** Bytes. */
  size: number;
}

/** A parameter's value. Hashes are Maps, so that a file is never taken for one, nor `__proto__` for a prototype. */
export type Parameter = string | null | UploadedFile | Parameter[] | Parameters;
/** Parameters by name. */
export type Parameters = Map<string, Parameter>;

/** Source of fact: Rack 2.2, `Rack::Utils.param_depth_limit`. */
const depthLimit = 100;

/** Thrown where one name is used for two kinds of value: `a=1&a[b]=2`. */
export class ParameterTypeError extends TypeError {
  override name = 'ParameterTypeError';
}

/** Thrown for percent-encoding that cannot be decoded: `a=%`. */
export class InvalidParameterError extends Error {
  override name = 'InvalidParameterError';
}

/**
 * Parameters of a query string or an urlencoded body, with `a[b]=1` and `list[]=x` nested as Rack 2.2's
 * `parse_nested_query` does it (read, and run for this project).
 *
 * @throws ParameterTypeError, InvalidParameterError, or RangeError beyond 100 levels: as Rack does.
 */
export function parseNestedQuery(query: string): Parameters {
  const parameters: Parameters = new Map();
  for (const pair of query.split(/[&;] */)) {
    const equals = pair.indexOf('=');
    const name = unescapeComponent(equals === -1 ? pair : pair.slice(0, equals));
    const value = equals === -1 ? null : unescapeComponent(pair.slice(equals + 1));
    addParameter(parameters, name, value);
  }
  return parameters;
}

/** Adds one named value to the parameters, nesting it as its name says. */
export function addParameter(parameters: Parameters, name: string, value: Parameter): void {
  normalize(parameters, name, value, depthLimit);
}

/** Rack's `normalize_params`, branch by branch: its return value is what a parent array or hash takes in. */
function normalize(hash: Parameters, name: string, value: Parameter, depth: number): Parameter {
  if (depth <= 0) throw new RangeError('parameters are nested too deeply');
  const match = /^[[\]]*([^[\]]+)\]*/.exec(name);
  const key = match?.[1] ?? '';
  const after = match === null ? '' : name.slice(match[0].length);

  if (key === '') return value !== null && name === '[]' ? [value] : null;
  const childName = (/^\[\]\[([^[\]]+)\]$/m.exec(after) ?? /^\[\](.+)$/m.exec(after))?.[1];
  if (after === '') hash.set(key, value);
  else if (after === '[') hash.set(name, value);
  else if (after === '[]') arrayAt(hash, key).push(value);
  else if (childName !== undefined) {
    const list = arrayAt(hash, key);
    const last = list.at(-1);
    // A new hash begins only when the last one has this key already.
    if (last instanceof Map && !hasPath(last, childName)) normalize(last, childName, value, depth - 1);
    else list.push(normalize(new Map(), childName, value, depth - 1));
  } else hash.set(key, normalize(hashAt(hash, key), after, value, depth - 1));
  return hash;
}

/** Rack's `params_hash_has_key?`. */
function hasPath(hash: Parameters, path: string): boolean {
  if (path.includes('[]')) return false;
  let at: Parameter | undefined = hash;
  for (const part of path.split(/[[\]]+/).filter((part) => part !== '')) {
    if (!(at instanceof Map) || !at.has(part)) return false;
    at = at.get(part);
  }
  return true;
}

function arrayAt(hash: Parameters, key: string): Parameter[] {
  const value = hash.get(key) ?? [];
  if (!Array.isArray(value)) throw new ParameterTypeError(`expected Array for param "${key}"`);
  hash.set(key, value);
  return value;
}

function hashAt(hash: Parameters, key: string): Parameters {
  const value = hash.get(key) ?? new Map();
  if (!(value instanceof Map)) throw new ParameterTypeError(`expected Hash for param "${key}"`);
  return value;
}

function unescapeComponent(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // Ruby decodes bytes that are no UTF-8 and Rails then refuses them: both end here.
    throw new InvalidParameterError(`cannot decode "${text}"`);
  }
}
