import { isObject, type Json, show } from '../json.js';

/** Shows its options as the result; `__error` fails it. Source of fact: Mechanic docs, "Echo action". */
export function echoAction(options: Json): Json {
  const error = isObject(options) ? options['__error'] : undefined;
  if (error) throw new Error(typeof error === 'string' ? error : show(error));
  return options;
}
