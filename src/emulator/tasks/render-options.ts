import type { Json, JsonObject } from '../json.js';
import type { Rendered } from '../liquid/engine.js';
import { flagsOf } from './option-keys.js';

type Render = (text: string) => Rendered;

/**
 * Options as a script sees them: their texts are rendered, and what a key says is a number is one; blank, it is nil.
 *
 * @throws Error that names the option that cannot be rendered.
 */
export function renderOptions(options: JsonObject, render: Render): JsonObject {
  return Object.fromEntries(
    Object.entries(options).map(([key, value]) => {
      const rendered = renderTexts(value, `options.${key}`, render);
      return [key, flagsOf(key).includes('number') ? withNumbers(rendered) : rendered];
    }),
  );
}

/** A value with all texts in it rendered. */
function renderTexts(value: Json, name: string, render: Render): Json {
  if (typeof value !== 'string') return mapInside(value, (item) => renderTexts(item, name, render));
  if (!/\{[{%]/.test(value)) return value;
  const { output, failure } = render(value);
  if (failure) throw new Error(`${name}: ${failure.message} (line ${failure.line} of the option)`);
  return output.buffer;
}

function withNumbers(value: Json): Json {
  if (typeof value !== 'string') return mapInside(value, withNumbers);
  if (value.trim() === '') return null;
  return Number.isNaN(Number(value)) ? value : Number(value);
}

/** The items of a list, or the values of an object, changed; anything else as it is. */
function mapInside(value: Json, change: (item: Json) => Json): Json {
  if (Array.isArray(value)) return value.map(change);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item)]));
}
