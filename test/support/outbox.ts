import { cacheEndpoint } from 'mechanic-storefront';
import {
  createOutbox,
  createWebhook,
  type KeptSubmitOptions,
  type KeptWebhookOptions,
  type OutboxOptions,
  type OutboxRecord,
  type RecordStore,
} from 'mechanic-storefront/outbox';
import { onTestFinished, vi } from 'vitest';
import { cacheUrl, id, webhookUrl } from './mechanic.ts';
import type { Answer } from './network.ts';
import { stopTime, turns } from './time.ts';

const never = () => new Promise<never>(() => {});

/** What a device keeps. Each tab has a connection of its own, which dies with it. */
export function device() {
  const records = new Map<string, unknown>();
  const connect = () => {
    let isDead = false;
    /** Each call is one transaction, begun in the tick of the call. */
    const call = async <T>(work: () => T): Promise<T> => (isDead ? never() : work());
    const store: RecordStore = {
      all: () => call(() => [...records.values()].map((record) => structuredClone(record))),
      put: (record) => call(() => void records.set(record.id, structuredClone(record))),
      update: (id, change) =>
        call(() => {
          const changed = records.has(id)
            ? change(structuredClone(records.get(id)) as OutboxRecord)
            : undefined;
          if (changed === null) records.delete(id);
          if (changed) records.set(id, structuredClone(changed));
          return changed ?? undefined;
        }),
      clear: () => call(() => records.clear()),
    };
    const die = () => {
      isDead = true;
    };
    return { store, die };
  };
  return { records, connect };
}

/** One POST that left a page. */
export interface Post {
  body: string;
  contentType: string;
  at: number;
}

/** Time stands still, and Mechanic answers as told: to POSTs and to looks; the last answer again and again. */
export function site(
  posts: [Answer, ...Answer[]],
  looks: [Answer, ...Answer[]] = [() => Response.json(null)],
) {
  stopTime();
  const begun = Date.now();
  const sent: Post[] = [];
  let looked = 0;
  async function fetch(url: string, init: RequestInit = {}): Promise<Response> {
    if (url !== webhookUrl) return (looks[Math.min(looked++, looks.length - 1)] as Answer)();
    const answer = posts[Math.min(sent.length, posts.length - 1)] as Answer;
    sent.push({
      body: String(init.body),
      contentType: String(new Headers(init.headers).get('content-type')),
      at: Date.now() - begun,
    });
    return answer();
  }
  return {
    fetch,
    sent,
    disk: device(),
    get looks() {
      return looked;
    },
  };
}

export type Site = ReturnType<typeof site>;

/** A tab of the site that can be killed: then nothing that it has begun comes to an end. */
export function tab(
  { fetch, disk }: Pick<Site, 'fetch' | 'disk'>,
  options: OutboxOptions = {},
  how: Partial<KeptWebhookOptions> = {},
) {
  let isDead = false;
  const connection = disk.connect();
  const own = async (url: string, init?: RequestInit) => {
    const response = await fetch(url, init);
    return isDead ? never() : response;
  };
  const outbox = createOutbox({ store: connection.store, random: () => 0, fetch: own, ...options });
  const webhook = createWebhook({
    url: webhookUrl,
    result: cacheEndpoint(cacheUrl),
    schedule: () => 1_000,
    timeoutMs: 3_600_000,
    outbox,
    fetch: own,
    ...how,
  });
  onTestFinished(() => outbox.close());
  return {
    outbox,
    webhook,
    submit: (options: KeptSubmitOptions = {}) => webhook.submit({ a: 1 }, { id, ...options }),
    kill() {
      isDead = true;
      connection.die();
      outbox.close();
    },
  };
}

export type Tab = ReturnType<typeof tab>;

/** Lets stopped time pass. */
export async function pass(ms: number): Promise<void> {
  await turns();
  await vi.advanceTimersByTimeAsync(ms);
  await turns();
}

/** What is kept, in a word and a number each. */
export const states = async ({ outbox }: Pick<Tab, 'outbox'>) =>
  (await outbox.entries()).map(({ state, attempts }) => `${state} ${attempts}`);

export const taken: Answer = () => new Response(null, { status: 204 });
export const lost: Answer = () => Promise.reject(new TypeError('no response'));
export const hung: Answer = never;
export const refusal =
  (status: number, headers: Record<string, string> = {}): Answer =>
  () =>
    new Response(null, { status, headers });
export const record =
  (fields: object): Answer =>
  () =>
    Response.json({ uuid: id, ...fields });
