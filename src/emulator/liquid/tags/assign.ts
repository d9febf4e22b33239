import {
  type Context,
  evalToken,
  type Liquid,
  Tag,
  type TagToken,
  type Token,
  type TopLevelToken,
  TypeGuards,
  toValue,
  Value,
} from 'liquidjs';
import { isObject, show } from '../../json.js';
import { isNumeric } from '../float.js';
import { floatLiterals } from '../literals.js';

/**
 * `{% assign x["k"][0].name = value %}`, always by value: a container that is written to is replaced by a copy, so
 * that nobody else who holds it sees the change. Source of fact: Mechanic docs, "assign".
 */
export class AssignTag extends Tag {
  readonly #target: readonly Token[];
  readonly #value: Value;

  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
    super(token, remaining, liquid);
    const target = this.tokenizer.readScopeValue();
    this.tokenizer.assert(target && TypeGuards.isPropertyAccessToken(target), 'expected a variable name');
    this.#target = target && TypeGuards.isPropertyAccessToken(target) ? target.props : [];
    this.tokenizer.skipBlank();
    this.tokenizer.assert(this.tokenizer.peek() === '=', 'expected "="');
    this.tokenizer.advance();
    this.#value = floatLiterals(new Value(this.tokenizer.readFilteredValue(), liquid));
  }

  override *render(context: Context): Generator<unknown, void> {
    const path: unknown[] = [];
    for (const token of this.#target) path.push(toValue(yield evalToken(token, context)) ?? null);
    const [name, ...keys] = path;
    const value = toValue(yield this.#value.value(context)) ?? null;
    if (keys.length === 0) {
      context.bottom()[String(name)] = value;
      return;
    }
    const container: unknown = yield context._get([String(name)]);
    scopeOf(context, String(name))[String(name)] = replaced(container, keys, value, this.token.getText());
  }
}

/** A copy of the container that has the value at the end of the path. */
function replaced(container: unknown, [key, ...rest]: unknown[], value: unknown, tag: string): unknown {
  if (key === undefined) return value;
  const inner = (at: unknown) => replaced(at, rest, value, tag);
  if (Array.isArray(container)) {
    const index = isNumeric(key) ? Number(key) : Number.NaN;
    const from = index < 0 ? container.length + index : index;
    if (!Number.isInteger(from) || from < 0) throw new Error(`${tag}: an array has no ${show(key)}`);
    const copy: unknown[] = [...container];
    while (copy.length < from) copy.push(null);
    copy[from] = inner(copy[from]);
    return copy;
  }
  if (!isObject(container)) throw new Error(`${tag}: ${show(container)} is neither an array nor a hash`);
  if (key === null || typeof key === 'object') throw new Error(`${tag}: ${show(key)} is no key`);
  const name = String(key);
  const before = Object.hasOwn(container, name) ? container[name] : undefined;
  // Not by assignment, as a key may be "__proto__".
  return Object.fromEntries([...Object.entries(container), [name, inner(before)]]);
}

/** Where the variable is: a loop's own is changed in the loop. */
function scopeOf(context: Context, name: string): { [name: string]: unknown } {
  // LiquidJS has no public way to ask which scope holds a name.
  const scopes = context['scopes'] as { [name: string]: unknown }[];
  return scopes.filter((scope) => name in scope).at(-1) ?? context.bottom();
}
