import type { Row } from './row.ts';
import { answerRows } from './rows/answers.ts';
import { connectionRows } from './rows/connection.ts';
import { leavingRows } from './rows/leaving.ts';
import { resultRows } from './rows/results.ts';
import { storageRows } from './rows/storage.ts';
import { tabRows } from './rows/tabs.ts';
import { timeRows } from './rows/time.ts';

/** All faults, in the order of docs/faults.md. */
export const rows: readonly Row[] = [
  ...connectionRows,
  ...answerRows,
  ...resultRows,
  ...leavingRows,
  ...storageRows,
  ...tabRows,
  ...timeRows,
];
