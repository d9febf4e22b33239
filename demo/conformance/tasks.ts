import type { Task, TaskEvent } from 'mechanic-storefront/emulator';
import { createPublisher, type Place, type Publication } from './publisher.ts';

/** The UUID that an event's data carry, however they came. */
function uuidOf({ data }: TaskEvent): string | undefined {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return /(?:uuid|reference)\W.*?([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})/s.exec(text)?.[1];
}

/**
 * The tasks of the conformance page.
 * @param put writes a file at once, past the actions: what arrives is counted as it arrives
 */
export function createTasks(put: (path: string, content: string) => void): Task[] {
  const publish = createPublisher();
  const arrivals = new Map<string, unknown[]>();

  const echo = (place: Place, ...subscriptions: string[]): Task => ({
    name: `Echo by ${place}`,
    subscriptions,
    run({ event }) {
      const uuid = uuidOf(event);
      if (uuid === undefined) return [{ error: 'The data carry no UUID.' }];
      return [publish({ place, for: uuid, content: { uuid, status: 'done', value: event.data } })];
    },
  });

  return [
    echo('file', 'user/file/echoed', 'user/request/echoed'),
    echo('cache', 'user/cache/echoed'),
    echo('metafield', 'user/metafield/echoed'),
    {
      name: 'Echo a text without a UUID',
      subscriptions: ['user/text/echoed'],
      run: ({ event }) => [
        { action: { type: 'cache', options: ['set', 'latest', { received: event.data }] } },
      ],
    },
    {
      name: 'Publish what the page asks for',
      subscriptions: ['user/publication/asked'],
      run: ({ event }) => [publish(event.data as unknown as Publication)],
    },
    {
      name: 'Count what arrives',
      subscriptions: [
        'user/file/echoed',
        'user/request/echoed',
        'user/cache/echoed',
        'user/metafield/echoed',
        'user/silence/asked',
      ],
      run({ event }) {
        const uuid = uuidOf(event) ?? 'none';
        const all = [...(arrivals.get(uuid) ?? []), event.data];
        arrivals.set(uuid, all);
        put(`arrivals/${uuid}.json`, JSON.stringify(all));
        return [{ log: { [uuid]: all.length } }];
      },
    },
  ];
}
