/** A value as a message shows it. */
export function show(value) {
  if (value instanceof Error) return `${value.name}${value.code ? ` (${value.code})` : ''}: ${value.message}`;
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  return JSON.stringify(value, (_, part) => (part === undefined ? '(undefined)' : part), 1).replace(
    /\n\s*/g,
    ' ',
  );
}

/** JSON with its keys in order, so that two equal values are one text. */
function print(value) {
  return JSON.stringify(value, (_, part) => {
    if (part === undefined) return '(undefined)';
    if (Object.prototype.toString.call(part) !== '[object Object]') return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** Two values are equal by content. */
export function equal(received, expected, what = 'it') {
  if (print(received) === print(expected)) return;
  throw new Error(`${what} is ${show(received)}, and not ${show(expected)}`);
}

/** Something is true. */
export function ok(condition, what) {
  if (!condition) throw new Error(`not so: ${what}`);
}

/** A promise rejects, or a function throws, a MechanicError with this code. Returns the error. */
export async function rejects(work, code) {
  let value;
  try {
    value = await (typeof work === 'function' ? work() : work);
  } catch (error) {
    if (error?.code === code && error.name === 'MechanicError') return error;
    throw new Error(`rejected with ${show(error)}, and not with ${code}`, { cause: error });
  }
  throw new Error(`resolved with ${show(value)}, and did not reject with ${code}`);
}
