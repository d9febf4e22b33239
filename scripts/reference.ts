// npm run reference: writes docs/reference/ from the docstrings, a page an entry point. A test fails when it is not current.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  Application,
  type Context,
  Converter,
  type DeclarationReflection,
  Logger,
  LogLevel,
  OptionDefaults,
  type ProjectReflection,
} from 'typedoc';
import type { PluginOptions } from 'typedoc-plugin-markdown';
import manifest from '../package.json' with { type: 'json' };

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'docs/reference');

/** The entries of the package that have types, as `index`, `element`, …: a new one in package.json gets its page. */
export const entries = Object.entries(manifest.exports).flatMap(([entry, target]) =>
  typeof target === 'object' ? [entry.replace(/^\.\/?/, '') || 'index'] : [],
);

/** What a user types to import an entry. */
export const importOf = (entry: string) => ['mechanic-storefront', entry].join('/').replace('/index', '');

const contents = `# Reference

Every name that can be imported, from the docstrings: \`npm run reference\` writes these pages.

${entries.map((entry) => `- [\`${importOf(entry)}\`](${entry}.md)`).join('\n')}
`;

const sourceOf = (entry: string) => join(root, 'src', entry === 'index' ? 'index.ts' : `${entry}/index.ts`);

/** One page an entry, with tables, so that a change of a docstring is a change of a line. */
const markdown: PluginOptions = {
  entryFileName: 'README',
  hidePageHeader: true,
  hideBreadcrumbs: true,
  pageTitleTemplates: {
    index: 'Reference',
    module: ({ name }) => `\`${importOf(name)}\``,
  },
  useCodeBlocks: true,
  expandObjects: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  classPropertiesFormat: 'table',
  propertyMembersFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  tableColumnSettings: {
    hideDefaults: true,
    hideInherited: true,
    hideModifiers: true,
    hideOverrides: true,
    hideSources: true,
    hideValues: true,
  },
};

/** Keeps what TypeDoc complains of, for a test to read. */
class Complaints extends Logger {
  readonly all: string[] = [];
  override log(message: string, level: LogLevel): void {
    if (level >= LogLevel.Warn) this.all.push(message);
  }
}

/** Reads the docstrings of all entries. `complaints` has what is undocumented, and every link that leads nowhere. */
export async function readDocstrings() {
  const app = await Application.bootstrapWithPlugins({
    plugin: ['typedoc-plugin-markdown'],
    entryPoints: entries.map(sourceOf),
    tsconfig: join(root, 'tsconfig.json'),
    readme: 'none',
    excludeInternal: true,
    excludeExternals: true,
    excludePrivate: true,
    disableSources: true,
    sort: ['source-order'],
    groupOrder: ['Functions', 'Classes', 'Interfaces', 'Type Aliases'],
    blockTags: [...OptionDefaults.blockTags, '@attribute', '@fires', '@tagname', '@type'],
    // The manifest of custom elements is made from these; docs/element.md has them as tables.
    excludeTags: [...OptionDefaults.excludeTags, '@attribute', '@fires', '@tagname', '@type'],
    requiredToBeDocumented: [
      'Accessor',
      'Class',
      'Constructor',
      'Function',
      'Interface',
      'Method',
      'Property',
      'TypeAlias',
      'Variable',
    ],
    validation: { notDocumented: true, notExported: false, invalidLink: true },
    router: 'module',
    ...markdown,
  });
  const complaints = new Complaints();
  app.logger = complaints;
  let context: Context | undefined;
  app.converter.on(Converter.EVENT_END, (ended) => {
    context = ended;
  });
  const project = await app.convert();
  if (!project) throw new Error(`The sources do not compile:\n${complaints.all.join('\n')}`);
  app.validate(project);
  const symbolOf = (reflection: DeclarationReflection) => context?.getSymbolFromReflection(reflection);
  return { app, project, complaints: complaints.all, symbolOf };
}

/** The pages of the reference, by file name. */
export async function pagesOf(app: Application, project: ProjectReflection): Promise<Map<string, string>> {
  const written = await mkdtemp(join(tmpdir(), 'reference-'));
  app.options.setValue('outputs', [{ name: 'markdown', path: written }]);
  await app.generateOutputs(project);
  const files = await readdir(written);
  const pages = await Promise.all(
    files.map(async (file) => [file, await readFile(join(written, file), 'utf8')] as const),
  );
  await rm(written, { recursive: true });
  const linked = new Set(pages.flatMap(([, text]) => [...text.matchAll(/#([\w-]+)\)/g)].map(([, id]) => id)));
  const trimmed = pages.map(([file, text]) => [file, withoutAnchors(text, linked)] as const);
  return new Map([...trimmed, ['README.md', contents]]);
}

/** Anchors are numbered, so that one more member would change those of many others: only what is linked keeps its own. */
const withoutAnchors = (text: string, linked: ReadonlySet<string | undefined>) =>
  text.replaceAll(/<a id="([\w-]+)"><\/a> /g, (anchor, id) => (linked.has(id) ? anchor : ''));

/** Every class, function, interface, type and member of the reference. */
export const declarations = (project: ProjectReflection) =>
  Object.values(project.reflections) as DeclarationReflection[];

if (import.meta.main) {
  const { app, project, complaints } = await readDocstrings();
  const pages = await pagesOf(app, project);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  for (const [file, text] of pages) await writeFile(join(folder, file), text);
  for (const complaint of complaints) console.warn(complaint);
  console.log(`docs/reference: ${[...pages.keys()].join(', ')}`);
}
