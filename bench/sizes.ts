import { ourBuilds, SCRIPT_TAG, SMALLEST } from './builds.ts';
import { bundled, kilobytes, sizesOf } from './bundle.ts';
import manifest from './package.json' with { type: 'json' };
import { PEERS } from './peers.ts';
import type { Bench } from './table.ts';

const versions = Object.entries(manifest.dependencies).map(([name, version]) => `${name} ${version}`);

/** What each build weighs, beside the peers, all bundled in the same way. */
export const sizes: Bench = async () => {
  const all = await ourBuilds();
  for (const [name, code] of Object.entries(PEERS)) all[name] = await bundled(code);
  const weighed = new Map(Object.entries(all).map(([name, code]) => [name, sizesOf(code)]));
  const gzip = (name: string) => weighed.get(name)?.gzip ?? Number.NaN;
  const most = (name: string, bytes: number) => ({
    what: `${name}: ${kilobytes(gzip(name))} kB in gzip, at most ${kilobytes(bytes)}`,
    passed: gzip(name) <= bytes,
  });
  const lead = gzip('htmx 4') - gzip(SCRIPT_TAG);
  return [
    {
      title: 'What a page downloads',
      note:
        'In kB of 1,000 bytes. Every row but the script tag is bundled for browsers by Rollup and terser, with what ' +
        'an import needs of its own packages. @smithy/util-waiter only waits, @formspree/ajax only submits, and ' +
        '@azure/core-lro and @tanstack/query-core leave the requests to you. The SDK of trigger.dev is not here: it ' +
        `is made for servers. The peers: ${versions.join(', ')}.`,
      columns: ['import', 'min', 'gzip', 'brotli'],
      rows: [...weighed].map(([name, { min, gzip, brotli }]) => [
        name,
        ...[min, gzip, brotli].map(kilobytes),
      ]),
      verdicts: [
        most(SMALLEST, 12_500),
        most(SCRIPT_TAG, 15_000),
        { what: `it is ${kilobytes(lead)} kB smaller than htmx 4 in gzip`, passed: lead > 0 },
      ],
      isExact: true,
    },
  ];
};
