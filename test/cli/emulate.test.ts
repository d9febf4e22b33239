import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { type Running, run, start } from '../support/cli.ts';

const addresses = /The storefront +(http:\S+)\s+Mechanic +(http:\S+)[\s\S]*Ctrl-C/;

async function addressesOf(running: Running) {
  const [, storefrontUrl = '', url = ''] = await running.printed(addresses);
  return { storefrontUrl, url };
}

async function post(url: string, data: object) {
  const headers = { 'content-type': 'application/json' };
  return await fetch(url, { method: 'POST', headers, body: JSON.stringify(data) });
}

/** Keeps a port in use; the one before it is free. */
async function holdPort() {
  for (;;) {
    const held = createServer().listen(0, '127.0.0.1');
    await once(held, 'listening');
    const { port } = held.address() as { port: number };
    const before = createServer().listen(port - 1, '127.0.0.1');
    const isFree = await once(before, 'listening').then(
      () => true,
      () => false,
    );
    before.close();
    if (isFree) return { port, close: () => held.close() };
    held.close();
  }
}

test('without a config it runs an example, at the addresses that it prints', async () => {
  const running = start(['emulate', '--port', '0', '--latency', '0']);
  const { url, storefrontUrl } = await addressesOf(running);
  expect(new URL(url).origin).not.toBe(new URL(storefrontUrl).origin);
  expect((await fetch(storefrontUrl)).status).toBe(404);
  const [, webhook = ''] = await running.printed(/Webhook +(\S+)/);
  const [, endpoint = ''] = await running.printed(/Cache endpoint +(\S+)/);
  expect((await post(webhook, { uuid: 'u', n: 1 })).status).toBe(204);
  await expect
    .poll(async () => (await fetch(endpoint)).text())
    .toBe('{"uuid":"u","status":"done","value":{"n":1}}');
  expect(await (await fetch(url)).text()).toContain('Publish what was sent');
});

test('--host lets other devices in, and is checked', async () => {
  const running = start(['emulate', '--host', '0.0.0.0', '--port', '0', '--latency', '0']);
  const { url } = await addressesOf(running);
  expect((await fetch(url.replace('127.0.0.1', '127.0.0.2'))).status).toBe(200);
  const refused = await run(['emulate', '--host', 'phone']);
  expect(refused).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('--host must be 127.0.0.1 or 0.0.0.0'),
  });
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s stops it, with a browser connected', async (signal) => {
  const running = start(['emulate', '--port', '0', '--latency', 'real']);
  const { url } = await addressesOf(running);
  const [, webhook = ''] = await running.printed(/Webhook +(\S+)/);
  await post(webhook, {});
  await fetch(url);
  running.process.kill(signal);
  expect(await running.ended).toMatchObject({
    code: 0,
    stderr: '',
    stdout: expect.stringContaining('Stopped.'),
  });
});

test('the storefront takes the port after that of Mechanic, or the one that it is given', async () => {
  const { port, close } = await holdPort();
  try {
    const ended = await run(['emulate', '--port', `${port - 1}`]);
    expect(ended.stderr).toContain(`Port ${port} is in use on 127.0.0.1`);
    const running = start(['emulate', '--port', `${port - 1}`, '--storefront-port', '0']);
    expect((await addressesOf(running)).url).toBe(`http://127.0.0.1:${port - 1}`);
  } finally {
    close();
  }
});

test('a port that is in use ends it with 1, and names the flags', async () => {
  const { port, close } = await holdPort();
  try {
    const ended = await run(['emulate', '--port', `${port}`]);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toBe(
      `Port ${port} is in use on 127.0.0.1: give another, or 0 for any free one.\nThe flags for that are --port and --storefront-port.\n`,
    );
  } finally {
    close();
  }
});

test('faults and latency come from flags', async () => {
  const flags = [
    '--status',
    '503',
    '--delay',
    '1',
    '--lose-responses',
    '0.5',
    '--latency',
    '7',
    '--hide-cors',
  ];
  const running = start(['emulate', '--port', '0', ...flags]);
  const { url } = await addressesOf(running);
  const [, webhook = ''] = await running.printed(/Webhook +(\S+)/);
  const answer = await post(webhook, {});
  expect(answer.status).toBe(503);
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  const dashboard = await (await fetch(url)).text();
  expect(dashboard).toContain('7, 7, 7 ms');
  for (const field of [
    'name="status" value="503"',
    'name="delayMs" value="1"',
    'name="loseResponses" value="0.5"',
  ]) {
    expect(dashboard).toContain(field);
  }
});

test('--drop cuts the connection', async () => {
  const running = start(['emulate', '--port', '0', '--drop', '1']);
  const [, webhook = ''] = await running.printed(/Webhook +(\S+)/);
  await expect(post(webhook, {})).rejects.toThrow('fetch failed');
});

test.each([[['emulate', '--help']], [['emulate', '-h']], [['--help']], [['-h']], [[]]])(
  '%j shows the help',
  async (args) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const flag of [
      '--port',
      '--storefront-port',
      '--latency',
      '--drop',
      '--status',
      '--delay',
      '--lose-responses',
      '--hide-cors',
    ])
      expect(stdout).toContain(flag);
  },
);

test.each([
  [['emulat'], 'There is no command "emulat".'],
  [['toString'], 'There is no command "toString".'],
  [['emulate', '--wat'], "Unknown option '--wat'"],
  [['emulate', 'a.json', 'b.json'], 'emulate takes one config file; received a.json b.json'],
  [['emulate', '--port', 'x'], '--port must be a port from 0 to 65535; received x'],
  [['emulate', '--port', '65536'], '--port must be a port from 0 to 65535; received 65536'],
  [['emulate', '--storefront-port', ''], '--storefront-port must be a port'],
  [['emulate', '--latency', 'slow'], '--latency must be "fast", "real", milliseconds or'],
  [['emulate', '--latency=-1'], '--latency must be 0 or more; received -1'],
  [['emulate', '--drop', '2'], '--drop must be 1 or less; received 2'],
  [['emulate', '--drop', ''], '--drop must be a share from 0 to 1; received NaN'],
  [['emulate', '--lose-responses', 'x'], '--lose-responses must be a share from 0 to 1; received NaN'],
  [['emulate', '--status', '204'], '--status must be 400 or more; received 204'],
  [['emulate', '--delay=-1'], '--delay must be 0 or more; received -1'],
])('%j ends with 1 and says why', async (args, words) => {
  const { code, stdout, stderr } = await run(args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(words);
  expect(stderr).not.toContain('    at ');
});
