import { parseArgs } from 'node:util';
import { createDemo } from './mechanic.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4100' },
    latency: { type: 'string', default: 'fast' },
  },
});
const port = Number(values.port);
const mechanic = createDemo({ latency: values.latency === 'real' ? 'real' : 'fast' });

try {
  const { url, storefrontUrl } = await mechanic.listen({ port, storefrontPort: port && port + 1 });
  console.log(`
  The storefront   ${storefrontUrl}
  Mechanic         ${url}   (its dashboard: events, task runs, actions, cache, files, metafields)

  Ctrl-C stops both.
`);
} catch (error) {
  console.error(`\n  ${(error as Error).message}\n  For other ports: npm start -- --port 4200\n`);
  process.exitCode = 1;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void mechanic.close());
}
