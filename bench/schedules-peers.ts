import { createHttpPoller } from '@azure/core-lro';
import { createFalClient } from '@fal-ai/client';
import { createWaiter, WaiterState, waiterServiceDefaults } from '@smithy/util-waiter';
import { environmentManager, QueryClient, QueryObserver } from '@tanstack/query-core';
import Replicate from 'replicate';
import type { Client, Job } from './schedules-work.ts';

/** A way of waiting, as somebody uses it who sets nothing. */
export interface Peer {
  name: string;
  how: string;
  client: Client;
}

/** Answers each request with one of two bodies, as the peer's server would. */
const answering =
  (job: Job, pending: object, done: object): typeof fetch =>
  async () =>
    Response.json((await job.look()) ? done : pending);

export const FAL = 'fal';
export const TRIGGER = 'trigger.dev';

export const PEERS: Peer[] = [
  {
    name: FAL,
    how: '`queue.subscribeToStatus`: 0.5 s',
    client(job) {
      const fetch = answering(job, { status: 'IN_PROGRESS' }, { status: 'COMPLETED' });
      const fal = createFalClient({ credentials: 'none', fetch });
      return fal.queue.subscribeToStatus('any/app', { requestId: 'run' });
    },
  },
  {
    name: 'replicate',
    how: '`wait`: 0.5 s',
    client(job) {
      const fetch = answering(job, { id: 'run', status: 'processing' }, { id: 'run', status: 'succeeded' });
      const replicate = new Replicate({ auth: 'none', fetch });
      return replicate.wait({ id: 'run', status: 'processing' } as never, {});
    },
  },
  {
    name: '@azure/core-lro',
    how: '`pollUntilDone`: 2 s',
    client(job) {
      const answer = (statusCode: number, body: object) => ({
        flatResponse: body,
        rawResponse: {
          statusCode,
          body,
          headers: { 'operation-location': 'https://azure.test/run' },
          request: { url: 'https://azure.test/', method: 'POST' },
        },
      });
      const poller = createHttpPoller({
        sendInitialRequest: async () => answer(202, {}),
        sendPollRequest: async () => answer(200, { status: (await job.look()) ? 'Succeeded' : 'Running' }),
      } as never);
      return poller.pollUntilDone();
    },
  },
  {
    name: '@smithy/util-waiter',
    how: '`createWaiter`: 2 s, growing to 120 s, with jitter',
    client: (job) =>
      createWaiter({ ...waiterServiceDefaults, client: {}, maxWaitTime: 3_600 }, {}, async () => ({
        state: (await job.look()) ? WaiterState.SUCCESS : WaiterState.RETRY,
      })),
  },
  {
    name: 'TanStack Query',
    how: '`refetchInterval: 1000`, as in its example',
    client(job) {
      environmentManager.setIsServer(() => false);
      const queries = new QueryClient();
      const observer = new QueryObserver(queries, {
        queryKey: ['run'],
        queryFn: () => job.look(),
        refetchInterval: 1_000,
      });
      return new Promise((resolve) => {
        const leave = observer.subscribe(({ data }) => {
          if (!data) return;
          leave();
          queries.clear();
          resolve(data);
        });
      });
    },
  },
  {
    // Its package brings 70 MB of telemetry, so its loop is written out here.
    name: TRIGGER,
    how: '`runs.poll`: 1 s (modelled)',
    async client(job) {
      while (!(await job.look())) await new Promise((resolve) => setTimeout(resolve, 1_000));
    },
  },
];
