import type { Json } from '../json.js';
import type { Random } from '../random.js';
import type { Output } from '../runs/stream.js';
import type { Shop } from '../shop.js';
import type { TaskEvent } from '../task.js';

/** What a task run is given, whatever its task is made of. */
export interface RunContext {
  event: TaskEvent;
  cache: { readonly [key: string]: Json };
  /** The shop, as tasks see it. */
  shop: Shop;
  random: Random;
}

/** A task that can be run: made from a function or from a task file. */
export interface RunnableTask {
  /** The `task.id` that its script sees. */
  id: string;
  name: string;
  performsInSequence: boolean;
  haltsOnError: boolean;
  /** For each subscription to the topic, the delay in milliseconds that its offset asks for. */
  delaysFor(topic: string): readonly number[];
  run(context: RunContext): Promise<Output>;
}
