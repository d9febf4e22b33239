import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { createEmulator, type EmulatorOptions, type Json, type Task } from 'mechanic-storefront/emulator';
import { onTestFinished } from 'vitest';
import { certificate, key } from './certificate.ts';
import { run } from './cli.ts';

export const webhookId = '0f9c2a52-6f0e-4c7a-9d6e-0d4f3f0a9a11';
export const endpointId = '77ab3c10-2b8e-4f57-8a53-5f6b1c2d3e4f';
export const otherId = '9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d';
const topic = 'user/quote/requested';

/** A task that gives these actions for the data of its event. */
export function answering(
  actionsOf: (data: { [name: string]: Json } & { uuid: string }) => { type: string; options: unknown }[],
): Task {
  return {
    name: 'Answer',
    subscriptions: [topic],
    run: ({ event }) => actionsOf(event.data as { uuid: string }).map((action) => ({ action })),
  };
}

/** Publishes what it makes of the UUID under the key of the cache endpoint. */
export const publishing = (recordOf: (uuid: string) => unknown, cacheKey = 'results') =>
  answering(({ uuid }) => [{ type: 'cache', options: ['set', cacheKey, recordOf(uuid)] }]);

/** Publishes a record that is done. */
export const task = publishing((uuid) => ({ uuid, status: 'done', value: { total: 99 } }));

/** A local Mechanic that listens, and takes no time. */
export async function listening(options: EmulatorOptions = {}) {
  const mechanic = createEmulator({
    webhooks: [{ id: webhookId, topic }],
    cacheEndpoints: [{ id: endpointId, key: 'results' }],
    tasks: [task],
    latency: 0,
    ...options,
  });
  onTestFinished(() => mechanic.close());
  const { url, storefrontUrl } = await mechanic.listen();
  return {
    mechanic,
    url,
    storefrontUrl,
    webhook: ['--webhook', `${url}/webhook/${webhookId}`],
    cache: ['--cache-endpoint', `${url}/cache/${endpointId}`],
    file: ['--stored-file', `${url}/storage/results/{id}.json`],
    section: ['--section', `${storefrontUrl}/?section_id=mechanic-result`],
  };
}

/** Serves on this machine what a handler answers, and returns the origin. */
export async function serving(answer: (request: Request) => Response | Promise<Response>, tls = false) {
  const server = createAdaptorServer({
    fetch: answer,
    overrideGlobalObjects: false,
    ...(tls && { createServer, serverOptions: { cert: certificate, key } }),
  });
  onTestFinished(() => void server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`;
}

interface Report {
  uuid: string;
  steps: { name: string; status: string; ms: number | null; says: string }[];
  verdict: string;
  exitCode: number;
  proven: string[];
  unknown: string[];
  lookAt: string[];
}

/** Runs a check, and returns what it found. */
export async function check(args: string[], env?: { [name: string]: string }) {
  const { code, stdout, stderr } = await run(['check', '--json', ...args], undefined, env);
  if (stdout === '') throw new Error(stderr);
  const report = JSON.parse(stdout) as Report;
  const stepsWith = (status: string) =>
    report.steps.filter((step) => step.status === status).map(({ name }) => name);
  return {
    ...report,
    code,
    stdout,
    stderr,
    failed: stepsWith('fail'),
    warned: stepsWith('warn'),
    open: stepsWith('open'),
    says: (name: string) => report.steps.find((step) => step.name === name)?.says,
  };
}
