// npm run pictures: draws docs/pictures. The drawings are the same each time, and a test fails when they are not current.
import { mkdir, writeFile } from 'node:fs/promises';
import { routesPicture } from './pictures/routes.ts';
import { runPicture } from './pictures/run.ts';
import { screenshots } from './pictures/screenshots.ts';
import { palettes } from './pictures/svg.ts';

const folder = new URL('../docs/pictures/', import.meta.url);

/** The drawings, by file name. */
export const drawings = new Map(
  Object.entries(palettes).flatMap(([scheme, palette]) => [
    [`run-${scheme}.svg`, runPicture(palette)],
    [`routes-${scheme}.svg`, routesPicture(palette)],
  ]),
);

if (import.meta.main) {
  await mkdir(folder, { recursive: true });
  for (const [file, content] of [...drawings, ...(await screenshots())]) {
    await writeFile(new URL(file, folder), content);
    console.log(`docs/pictures/${file}  ${(content.length / 1024).toFixed(0)} KiB`);
  }
}
