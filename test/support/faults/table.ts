import type { EngineName } from '../engines.ts';
import type { Found } from './cell.ts';
import type { Row } from './row.ts';
import { type Cell, columns } from './run.ts';
import { sights } from './sights.ts';

const engineTitles: { readonly [name in EngineName]: string } = {
  chromium: 'Chromium',
  firefox: 'Firefox',
  webkit: 'WebKit',
};

const figures: readonly ((found: Found) => string)[] = [
  ({ sees }) => sees,
  ({ taken, bodies }) =>
    `${taken}${taken > 1 ? `, ${bodies === 1 ? 'the same bytes' : `${bodies} bodies`}` : ''}`,
  ({ worked }) => `${worked}`,
  ({ sees }) => (sees.includes('price') ? 'yes' : 'no'),
];

/** What all engines say, or what each of them says. */
function merged(cells: readonly Cell[], told: (found: Found) => string | undefined): string {
  const engines = new Map<string, Set<string>>();
  for (const { engine, found } of cells) {
    const text = found && told(found);
    if (text) engines.set(text, (engines.get(text) ?? new Set()).add(engineTitles[engine]));
  }
  if (engines.size < 2) return [...engines.keys()].join();
  return [...engines].map(([text, names]) => `${[...names].join(', ')}: ${text}`).join('; ');
}

function line(row: Row, cells: readonly Cell[]): string {
  const texts = columns.flatMap((column) => {
    const own = cells.filter((cell) => cell.column === column);
    return figures.map((figure) => merged(own, figure));
  });
  return `| ${[row.name, ...texts].join(' | ')} |`;
}

const heads = ['the shopper sees', 'taken', 'worked', 'result'];

/** The rows and what was found of them, as Markdown. */
export function table(rows: readonly Row[], cells: readonly Cell[]): string {
  const title = [
    'fault',
    ...heads.map((head) => `without: ${head}`),
    ...heads.map((head) => `with: ${head}`),
  ];
  const of = (row: Row) => cells.filter((cell) => cell.row === row);
  const remarks = rows
    .map((row) => [row.name, merged(of(row), ({ remark }) => remark)])
    .filter(([, remark]) => remark)
    .map(([name, remark]) => `- ${name}: ${remark}.`);
  return [
    [
      `| ${title.join(' | ')} |`,
      `|${title.map(() => '---').join('|')}|`,
      ...rows.map((row) => line(row, of(row))),
    ].join('\n'),
    ['What the browsers did:', ...remarks].join('\n'),
    [
      '| name | what stands in the form |',
      '|---|---|',
      ...Object.entries(sights).map(([words, name]) => `| ${name} | ${words} |`),
    ].join('\n'),
  ].join('\n\n');
}
