import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { show } from '../../json.js';
import { printed } from '../source-emitter.js';
import { refuseOthers, type TaskFilters } from './filter.js';

const byteOrderMark = '\uFEFF';

/** CSV. Source of fact: Mechanic docs, "csv, parse_csv". */
export const csvFilters: TaskFilters = {
  csv(input, { positional: [delimiter = ','], named }) {
    refuseOthers('csv', named, ['include_bom']);
    if (!Array.isArray(input) || !input.every(Array.isArray))
      throw new Error(`csv: needs an array of arrays; received ${show(input)}`);
    const rows = input.map((row: unknown[]) => row.map(printed));
    return `${named['include_bom'] === true ? byteOrderMark : ''}${stringify(rows, { delimiter: printed(delimiter) })}`;
  },
  parse_csv(input, { named }) {
    refuseOthers('parse_csv', named, ['headers', 'delimiter']);
    return parse(printed(input), {
      delimiter: printed(named['delimiter'] ?? ','),
      columns: named['headers'] === true,
      // As Ruby's CSV: a field that is empty and has no quotes is nil.
      cast: (value, { quoting }) => (value === '' && !quoting ? null : value),
      relax_column_count: true,
      bom: true,
    });
  },
};
