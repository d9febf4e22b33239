import { arrow, box, type Palette, svg, text } from './svg.ts';

const WIDTH = 760;
const HEIGHT = 236;

/** Two questions, and the route that they lead to. */
export function routesPicture(palette: Palette): string {
  const { quiet, line, box: fill, accent } = palette;
  const question = (x: number, width: number, ...words: string[]) => [
    box(x, 20, width, 76, 'none', line),
    ...words.map((word, n) => text(x + width / 2, 45 + 19 * n, word)),
  ];
  const route = (x: number, width: number, name: string, code: string) => [
    box(x, 164, width, 60, fill, accent),
    text(x + width / 2, 190, name, { weight: 600, fill: accent }),
    text(x + width / 2, 210, code, { fill: quiet }),
  ];
  return svg(WIDTH, HEIGHT, 'Which route for the result', palette, [
    ...question(10, 250, 'Is it for one signed-in', 'customer alone, and shown', 'on the storefront?'),
    ...question(
      360,
      290,
      'May any stranger read it,',
      'is it small, and are there',
      'few callers at a time?',
    ),
    arrow([262, 58], [356, 58], line),
    text(309, 50, 'no'),
    arrow([135, 98], [135, 160], line),
    text(145, 134, 'yes', { anchor: 'start' }),
    arrow([430, 98], [430, 160], line),
    text(440, 134, 'yes', { anchor: 'start' }),
    arrow([610, 98], [650, 160], line),
    text(644, 134, 'no', { anchor: 'start' }),
    ...route(10, 250, 'Customer metafield', 'renderedMetafield({ section })'),
    ...route(330, 200, 'Cache endpoint', 'cacheEndpoint(url)'),
    ...route(550, 200, 'Stored file', "storedFile('…/{id}.json')"),
  ]);
}
