import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import manifest from '../../package.json' with { type: 'json' };

interface Step {
  uses?: string;
  run?: string;
  with?: { [name: string]: unknown };
}
interface Job {
  permissions?: { [scope: string]: string };
  environment?: string;
  needs?: string;
  steps: Step[];
}
interface Workflow {
  on: { [event: string]: unknown };
  permissions: { [scope: string]: string };
  jobs: { [name: string]: Job };
}
const workflow = (name: string): Workflow =>
  parse(readFileSync(`.github/workflows/${name}.yml`, 'utf8'), { strict: true });
const names = readdirSync('.github/workflows').map((file) => file.replace('.yml', ''));
const stepsOf = (name: string) => Object.values(workflow(name).jobs).flatMap(({ steps }) => steps);

test('the changelog begins with the version that package.json has', () => {
  const [, newest] = /^## (.+)$/m.exec(readFileSync('CHANGELOG.md', 'utf8')) ?? [];
  expect(newest).toBe(manifest.version);
});

test('a change that waits for a release names this package, and what it means for the version', () => {
  const files = readdirSync('.changeset').filter((file) => file.endsWith('.md') && file !== 'README.md');
  for (const file of files) {
    const [, head = ''] = readFileSync(`.changeset/${file}`, 'utf8').split(/^---$/m);
    expect({ file, head: parse(head) }).toEqual({
      file,
      head: { [manifest.name]: expect.stringMatching(/^(?:patch|minor|major)$/) },
    });
  }
});

test('the workflows may read, and only the job that publishes may say who it is', () => {
  expect(names.sort()).toEqual(['ci', 'publish']);
  expect(workflow('ci').permissions).toEqual({ contents: 'read' });
  const { permissions, jobs } = workflow('publish');
  expect(permissions).toEqual({});
  expect(Object.entries(jobs).map(([name, job]) => [name, job.permissions])).toEqual([
    ['pack', { contents: 'read' }],
    ['publish', { 'id-token': 'write' }],
  ]);
  expect(jobs['publish']).toMatchObject({ needs: 'pack', environment: 'npm' });
});

test("the job that publishes runs no code but npm's, and publishes with a provenance what was packed", () => {
  const commands = workflow('publish').jobs['publish']?.steps.flatMap(({ run }) => run ?? []);
  expect(commands).toEqual([`npm publish ./${manifest.name}-*.tgz --provenance --access public`]);
});

test('both workflows run all checks, and a release is made by its tag alone', () => {
  expect(workflow('publish').on).toEqual({ push: { tags: ['v*'] } });
  expect(Object.keys(workflow('ci').on).sort()).toEqual(['pull_request', 'push']);
  for (const name of names) expect(stepsOf(name).flatMap(({ run }) => run ?? [])).toContain('.ci/run');
  expect(existsSync('.ci/run')).toBe(true);
});

test('actions are named by their commits, keep no credentials, and no workflow has a secret', () => {
  for (const name of names) {
    const uses = stepsOf(name).flatMap((step) => (step.uses ? step : []));
    expect(uses.filter((step) => !/^actions\/[a-z-]+@[\da-f]{40}$/.test(step.uses ?? ''))).toEqual([]);
    const checkouts = uses.filter((step) => step.uses?.startsWith('actions/checkout'));
    expect(checkouts.map((step) => step.with)).toEqual(
      checkouts.map(() => ({ 'persist-credentials': false })),
    );
    expect(readFileSync(`.github/workflows/${name}.yml`, 'utf8')).not.toMatch(
      /secrets\.|pull_request_target/,
    );
  }
});

test('editors keep to what Biome formats', () => {
  const { formatter } = JSON.parse(readFileSync('biome.json', 'utf8'));
  const editors = readFileSync('.editorconfig', 'utf8');
  const said = (name: string) => new RegExp(`^${name} = (.+)$`, 'm').exec(editors)?.[1];
  expect({
    indentStyle: said('indent_style'),
    indentWidth: Number(said('indent_size')),
    lineWidth: Number(said('max_line_length')),
  }).toEqual(formatter);
});
