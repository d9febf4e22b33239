import { networkInterfaces } from 'node:os';
import { parseArgs } from 'node:util';
import { createConformance } from './conformance/mechanic.ts';
import { createDemo } from './mechanic.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4100' },
    latency: { type: 'string', default: 'fast' },
    host: { type: 'string', default: '127.0.0.1' },
  },
});
const port = Number(values.port);
const host = values.host as '127.0.0.1' | '0.0.0.0';
const demo = createDemo({ latency: values.latency === 'real' ? 'real' : 'fast' });
const conformance = createConformance();

/** Where another device of the network finds what this machine calls 127.0.0.1. */
function elsewhere(url: string): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  const reachable = addresses.filter(({ family, internal }) => family === 'IPv4' && !internal);
  return reachable.map(({ address }) => url.replace('127.0.0.1', address));
}

try {
  const { url, storefrontUrl } = await demo.listen({ host, port, storefrontPort: port && port + 1 });
  const page = await conformance.listen({ host, port: port && port + 2, storefrontPort: port && port + 3 });
  const from = (url: string) => [url, ...(host === '0.0.0.0' ? elsewhere(url) : [])].join('   ');
  console.log(`
  The storefront   ${from(storefrontUrl)}
  Mechanic         ${from(url)}   (its dashboard: events, task runs, actions, cache, files, metafields)
  Conformance      ${from(page.storefrontUrl)}   (the SDK's scenarios, gone through in the browser that opens it)

  Ctrl-C stops all. To open them on a phone: npm start -- --host 0.0.0.0
`);
} catch (error) {
  console.error(`\n  ${(error as Error).message}\n  For other ports: npm start -- --port 4200\n`);
  process.exitCode = 1;
  await Promise.all([demo.close(), conformance.close()]);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void Promise.all([demo.close(), conformance.close()]));
}
