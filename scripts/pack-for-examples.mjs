// Packs what npm would publish, under the one name that the examples install: examples/mechanic-storefront.tgz.
import { execFileSync } from 'node:child_process';
import { renameSync } from 'node:fs';

const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', 'examples'], {
  encoding: 'utf8',
  shell: process.platform === 'win32',
});
const [{ filename }] = JSON.parse(packed);
renameSync(`examples/${filename}`, 'examples/mechanic-storefront.tgz');
