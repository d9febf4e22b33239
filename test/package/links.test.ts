import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

const files = globSync('**/*.md', { exclude: (name) => /^(node_modules|dist)$/.test(name) }).map((file) =>
  file.replaceAll('\\', '/'),
);

/** Markdown without what stands in code. */
const proseOf = (file: string) =>
  readFileSync(file, 'utf8')
    .replaceAll(/^( *)```.*?^\1```/gms, '')
    .replaceAll(/`[^`\n]*`/g, (code) => code.replaceAll(/[[\]()<>"]/g, ' '));

/** Where the links and pictures of a text lead. */
const targetsOf = (text: string) =>
  [...text.matchAll(/\]\(([^)\s]*)[^)]*\)|(?:src|srcset|href)="([^"]*)"/g)].map(
    ([, target, attribute]) => target ?? attribute ?? '',
  );

/** The names that GitHub gives to headings, and those of anchors. */
function anchorsOf(file: string): Set<string> {
  const anchors = new Set<string>();
  const text = readFileSync(file, 'utf8').replaceAll(/^( *)```.*?^\1```/gms, '');
  for (const [, heading = ''] of text.matchAll(/^#{1,6} +(.*)$/gm)) {
    const slug = heading
      .replaceAll(/\]\([^)]*\)/g, '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-');
    let name = slug;
    for (let n = 1; anchors.has(name); n++) name = `${slug}-${n}`;
    anchors.add(name);
  }
  for (const [, id = ''] of text.matchAll(/<a id="([^"]*)">/g)) anchors.add(id);
  return anchors;
}

/** What is wrong with a link, if anything. */
function faultOf(file: string, target: string): string | undefined {
  if (/^[a-z]+:/.test(target)) return URL.canParse(target) && /^https:/.test(target) ? undefined : target;
  const [path = '', anchor] = target.split('#');
  const other = path ? normalize(join(dirname(file), path)) : file;
  if (!existsSync(other)) return target;
  if (anchor === undefined) return undefined;
  return statSync(other).isFile() && anchorsOf(other).has(anchor) ? undefined : target;
}

test('no link in a page of the project is dead', () => {
  expect(files).toEqual(expect.arrayContaining(['README.md', 'docs/README.md', 'theme/README.md']));
  const links = files.flatMap((file) => targetsOf(proseOf(file)).map((target) => [file, target] as const));
  expect(links.length).toBeGreaterThan(100);
  const dead = links.filter(([file, target]) => faultOf(file, target) !== undefined);
  expect(dead.map(([file, target]) => `${file}: ${target}`)).toEqual([]);
});

test('every picture has words for whoever does not see it', () => {
  const silent = files.filter((file) => /!\[\s*\]\(|<img(?![^>]*\balt="[^"]+")/.test(proseOf(file)));
  expect(silent).toEqual([]);
});

test('every page of docs is in its contents', () => {
  const contents = targetsOf(proseOf('docs/README.md'));
  const pages = files.filter((file) => /^docs\/[^/]+\.md$/.test(file) && file !== 'docs/README.md');
  expect(pages.filter((file) => !contents.includes(file.replace('docs/', '')))).toEqual([]);
});
