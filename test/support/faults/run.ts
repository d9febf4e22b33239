import { type Engine, type EngineName, launch } from '../engines.ts';
import { broken, type Found, find } from './cell.ts';
import { pooled } from './pooled.ts';
import type { Row } from './row.ts';

/** With an outbox or without. */
export type Column = 'without' | 'with';

export const columns = ['without', 'with'] as const satisfies Column[];

/** What was found of one row in one engine. */
export interface Cell {
  row: Row;
  column: Column;
  engine: EngineName;
  found: Found | undefined;
  /** What was not as it is promised. */
  breaches: string[];
}

/** How many rows are gone through at once. A WebDriver session has one window at a time. */
const LANES: { readonly [name in EngineName]: number } = { chromium: 3, firefox: 3, webkit: 1 };

/** Goes through rows in one engine. @param told is called with each cell */
export async function runRows(
  name: EngineName,
  rows: readonly Row[],
  told: (cell: Cell) => void = () => {},
): Promise<Cell[]> {
  const engine = pooled(await launch(name));
  const cells: Cell[] = [];
  const waiting = rows.flatMap((row) => columns.map((column) => ({ row, column })));
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const cell = await cellOf(name, engine, next.row, next.column);
      cells.push(cell);
      told(cell);
    }
  };
  try {
    await Promise.all(Array.from({ length: LANES[name] }, lane));
    return cells;
  } finally {
    await engine.close();
  }
}

async function cellOf(name: EngineName, engine: Engine, row: Row, column: Column): Promise<Cell> {
  const cell = { row, column, engine: name };
  try {
    const found = await find(name, engine, row, column === 'with');
    return { ...cell, found, breaches: broken(found, row[column], row.submissions) };
  } catch (error) {
    return { ...cell, found: undefined, breaches: [`it cannot be gone through: ${error}`] };
  }
}
