// The rooms of src/, and which may import which. Data flows one way:
// data → encode → submission → run → source → poll → record → schema → value.

const leaves =
  '^src/(abort|configuration|errors|fingerprint|handles|keepalive|options|record|retry-after|schema|types|updates|uuid)\\.ts$';
const polling = '^src/polling/';
const readContext = '^src/read-context\\.ts$';
const baseline = '^src/baseline\\.ts$';
const transport = '^src/transport\\.ts$';

/** Everything in `from` may import from `to` (and from itself), and from nothing else in src. */
const room = (name, from, to) => ({
  name,
  comment: 'Imports run one way: see the rooms at the top of .dependency-cruiser.cjs.',
  severity: 'error',
  from: { path: from },
  to: { path: '^src/', pathNot: [from, ...to] },
});

module.exports = {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    room('leaves', leaves, []),
    room('polling', polling, [leaves]),
    room('transport', transport, [leaves]),
    room('encode', '^src/encode/', [leaves]),
    room('sources', '^src/sources/', [leaves]),
    room('baseline', baseline, [leaves, readContext, polling]),
    room('submission', '^src/submission\\.ts$', [
      leaves,
      transport,
      baseline,
      '^src/encode/',
      '^src/polling/clock',
    ]),
    room('read-context', readContext, [leaves, transport]),
    room('run', '^src/run\\.ts$', [leaves, readContext, polling]),
    room('webhook', '^src/webhook\\.ts$', [leaves, '^src/encode/', '^src/(run|submission)\\.ts$']),
    room('outbox', '^src/outbox/', [
      leaves,
      polling,
      '^src/encode/',
      '^src/(submission|run|webhook)\\.ts$',
      '^src/element/[^/]+(?<!index)\\.ts$',
    ]),
    {
      name: 'outbox-without-element',
      comment: 'Who imports the outbox downloads nothing of the element: its form is for the script tag.',
      severity: 'error',
      from: { path: '^src/outbox/', pathNot: '^src/outbox/form\\.ts$' },
      to: { path: '^src/(element/|outbox/form\\.ts$)' },
    },
    room('element', '^src/element/', ['^src/index\\.ts$']),
    room('react', '^src/react/', ['^src/(index|element/index)\\.ts$']),
    {
      name: 'react-without-element',
      comment: 'Who uses the hook downloads nothing of the element, types aside.',
      severity: 'error',
      from: { path: '^src/react/' },
      to: { path: '^src/element/', dependencyTypesNot: ['type-only'] },
    },
    room('global', '^src/global\\.ts$', ['^src/(index|element/index)\\.ts$']),
    room('outbox-global', '^src/outbox-global\\.ts$', ['^src/index\\.ts$', '^src/outbox/(index|form)\\.ts$']),
    {
      name: 'outbox-is-optional',
      comment: 'A page without an outbox carries nothing of it, types aside.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/outbox(/|-global)' },
      to: { path: '^src/outbox/' },
    },
    room('emulator', '^src/emulator/', []),
    room('msw', '^src/msw/', ['^src/emulator/index\\.ts$']),
    room('cli', '^src/cli/[^/]+$', ['^src/emulator/', '^src/cli/check/check\\.ts$']),
    {
      ...room('check', '^src/cli/check/', ['^src/index\\.ts$', '^src/cli/(usage|user-error)\\.ts$']),
      comment: 'It looks at a set-up as a page does: through what the SDK gives to pages.',
    },
    {
      name: 'nothing-imports-an-entry',
      comment: 'A leaf that imports the index makes one cycle of everything.',
      severity: 'error',
      from: { pathNot: '^src/((outbox-)?global\\.ts$|element/|react/|msw/|cli/)' },
      to: { path: '^src/(index|global|element/index|outbox/index|emulator/index)\\.ts$' },
    },
    {
      name: 'sdk-packages',
      comment: 'Each runtime dependency of the SDK is weighed in bytes: ky and uuid are all.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(emulator|msw|cli|outbox|react)/' },
      to: { dependencyTypesNot: ['local'], pathNot: '^node_modules/(ky|uuid)/' },
    },
    {
      name: 'outbox-packages',
      comment: 'IndexedDB through idb, and the uuid that the SDK has.',
      severity: 'error',
      from: { path: '^src/outbox/' },
      to: { dependencyTypesNot: ['local'], pathNot: '^node_modules/(idb|uuid)/' },
    },
    {
      name: 'react-packages',
      comment: 'React is the only package that users of the hook bring.',
      severity: 'error',
      from: { path: '^src/react/' },
      to: { dependencyTypesNot: ['local'], pathNot: '^node_modules/(@types/)?react/' },
    },
    {
      name: 'msw-packages',
      comment: 'msw is the only package that users of the handlers bring.',
      severity: 'error',
      from: { path: '^src/msw/' },
      to: { dependencyTypesNot: ['local'], pathNot: '^node_modules/msw/' },
    },
    {
      name: 'cli-packages',
      comment: 'What the command line needs, Node has, but for the parser of HTML that pages have built in.',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: { dependencyTypesNot: ['local', 'core'], pathNot: '^node_modules/parse5/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types'] },
  },
};
