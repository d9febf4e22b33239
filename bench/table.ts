/** One claim of the project's that a bench has tried. */
export interface Verdict {
  what: string;
  passed: boolean;
}

/** What a bench found: a table, and perhaps what it says of the project's claims. */
export interface Table {
  title: string;
  /** What is to be known of the figures: how they were taken, what is left out. */
  note?: string;
  columns: string[];
  rows: string[][];
  verdicts?: Verdict[];
  /** Each run gives the same figures, so the short form can hold them against those in the docs. */
  isExact?: boolean;
  /** A picture for `docs/`. */
  plot?: { file: string; svg: string };
}

/** A bench: the one export of its file. */
export type Bench = (options: { short: boolean }) => Promise<Table[]>;

const isFigure = (cell: string) => /^[−-]?[\d.,]+/.test(cell);

/** A table as Markdown, which can be read on a terminal, too: figures stand on the right. */
export function markdown({ title, note, columns, rows, verdicts = [], plot }: Table): string {
  const right = columns.map((_, n) => n > 0 && rows.every((row) => isFigure(row[n] ?? '') || row[n] === '–'));
  const widths = columns.map((name, n) =>
    Math.max(3, name.length, ...rows.map((row) => row[n]?.length ?? 0)),
  );
  const line = (cells: string[]) => {
    const padded = cells.map((cell, n) =>
      right[n] ? cell.padStart(widths[n] ?? 0) : cell.padEnd(widths[n] ?? 0),
    );
    return `| ${padded.join(' | ')} |`;
  };
  const rule = widths.map((width, n) => (right[n] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  const table = [columns, rule, ...rows].map(line).join('\n');
  const told = verdicts.map(({ what, passed }) => `- ${passed ? 'pass' : '**FAIL**'}: ${what}`).join('\n');
  const picture = plot && `![${title}](${plot.file})`;
  return [`### ${title}`, note, table, told, picture].filter(Boolean).join('\n\n');
}
