import { readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { drawings } from '../../scripts/pictures.ts';

test('the drawings are what npm run pictures draws now', () => {
  expect(drawings.size).toBe(4);
  for (const [file, drawing] of drawings) expect(readFileSync(`docs/pictures/${file}`, 'utf8')).toBe(drawing);
});

test('every picture is small, and is shown somewhere', () => {
  const pages = ['README.md', ...readdirSync('docs').map((file) => `docs/${file}`)]
    .filter((file) => file.endsWith('.md'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('');
  for (const file of readdirSync('docs/pictures')) {
    expect(pages).toContain(`pictures/${file}"`);
    expect(statSync(`docs/pictures/${file}`).size).toBeLessThan(150_000);
  }
});
