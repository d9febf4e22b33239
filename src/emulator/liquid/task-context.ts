import { Context } from 'liquidjs';
import { isObject } from '../json.js';

/** LiquidJS's context, with what Ruby's hashes can do and JavaScript's objects cannot. */
export class TaskContext extends Context {
  /** The `first` of a hash is its first key and value, unless it has a key of that name. */
  override readProperty(from: Context['globals'], key: Parameters<Context['readProperty']>[1]): unknown {
    const isHash = isObject(from) && !(from instanceof Number) && !Object.hasOwn(from, 'first');
    if (key === 'first' && isHash) return Object.entries(from)[0];
    return super.readProperty(from, key);
  }
}
