import { arrow, box, type Palette, svg, text } from './svg.ts';

const WIDTH = 760;
const HEIGHT = 412;
const TOP = 44;
const LANES = { page: 84, mechanic: 300, task: 480, place: 668 };
type Lane = keyof typeof LANES;

/** How a run goes: who tells whom what, from top to bottom. */
export function runPicture(palette: Palette): string {
  const { quiet, line, box: fill, accent } = palette;
  const head = (lane: Lane, name: string, below: string, width: number) => [
    box(LANES[lane] - width / 2, 0.5, width, TOP - 1, fill, line),
    text(LANES[lane], 18, name, { weight: 600 }),
    text(LANES[lane], 35, below, { fill: quiet }),
    `<line x1="${LANES[lane]}" y1="${TOP}" x2="${LANES[lane]}" y2="${HEIGHT - 8}" stroke="${line}" stroke-width="1" opacity="0.6"/>`,
  ];
  const say = (
    [from, to]: [Lane, Lane],
    y: number,
    words: string,
    { at = (LANES[from] + LANES[to]) / 2, colour = line, isDashed = false } = {},
  ) => {
    const gap = LANES[from] < LANES[to] ? 5 : -5;
    return [
      arrow([LANES[from] + gap, y], [LANES[to] - gap, y], colour, isDashed),
      text(at, y - 6, words, colour === accent ? { fill: accent, weight: 600 } : {}),
    ];
  };
  const look = (y: number, words: string, colour = line) => [
    ...say(['page', 'place'], y, 'look', { at: 192, isDashed: true }),
    ...say(['place', 'page'], y + 22, words, { at: 192, colour, isDashed: true }),
  ];
  return svg(WIDTH, HEIGHT, 'How a run goes', palette, [
    ...head('page', 'The page', 'mechanic-storefront', 160),
    ...head('mechanic', 'Mechanic', 'a webhook', 130),
    ...head('task', 'The task', 'your Liquid', 130),
    ...head('place', 'Place of the result', 'one of three', 170),
    ...say(['page', 'mechanic'], 84, 'POST data, uuid', { colour: accent }),
    ...say(['mechanic', 'page'], 110, '204, whatever happens'),
    ...look(146, 'nothing yet'),
    ...say(['mechanic', 'task'], 196, 'event'),
    text((LANES.mechanic + LANES.task) / 2, 213, 'seconds or minutes later', { fill: quiet }),
    ...say(['task', 'place'], 232, 'uuid, working, 50 %'),
    ...look(262, 'working, 50 %'),
    ...say(['task', 'place'], 322, 'uuid, done, value', { colour: accent }),
    ...look(358, 'the value, for this uuid', accent),
    text(LANES.page + 8, 402, 'shows it', { anchor: 'start', fill: quiet }),
  ]);
}
