import type { Row } from '../row.ts';
import { sentLater, untold } from './promises.ts';
import { during } from './trouble.ts';

const refused = during(({ network }) => network.refuse());
const inMemory = { ...sentLater, sees: 'working → keep open → working → price' };

export const storageRows: readonly Row[] = [
  {
    name: 'storage blocked, and the connection is refused for 20 s',
    storage: 'blocked',
    act: refused,
    without: untold,
    with: inMemory,
  },
  {
    name: 'storage full, and the connection is refused for 20 s',
    isEngines: true,
    storage: 'full',
    act: refused,
    without: untold,
    with: inMemory,
  },
];
