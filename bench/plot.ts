/** What a client's waiting came to. */
export interface Point {
  name: string;
  requests: number;
  meanMs: number;
}

export interface Panel {
  title: string;
  points: Point[];
  /** How long the runs take on average, milliseconds. */
  meanMs: number;
}

const WIDTH = 400;
const HEIGHT = 300;
const EDGE = { left: 56, right: 16, top: 34, bottom: 44 };
const DELAYS = [0.25, 0.5, 1, 2];
// Who is later than this stands at the upper edge, so that the others can be told apart.
const LATEST_S = 3;
const REQUESTS = [2, 3, 5, 10, 20, 50, 100];
const OWN = /^mechanic/;

type Scale = (value: number) => number;

/** A logarithmic scale from a range of values to one of pixels. */
function scale([from, to]: [number, number], [start, end]: [number, number]): Scale {
  return (value) => start + (Math.log(value / from) / Math.log(to / from)) * (end - start);
}

const text = (x: number, y: number, what: string, more = '') =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${what}</text>`;
const line = (x1: number, y1: number, x2: number, y2: number) =>
  `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" class="grid"/>`;

/** What any fixed interval comes to, from the shortest to the longest that fits, as a dashed curve. */
function fixedIntervals(
  meanMs: number,
  x: Scale,
  y: Scale,
  inside: (x: number, y: number) => boolean,
): string {
  const spots: string[] = [];
  for (let periodMs = 300; periodMs < 10_000; periodMs *= 1.05) {
    const [left, top] = [x((meanMs - 50) / periodMs + 1.5), y((periodMs / 2 + 50) / 1_000)];
    if (inside(left, top)) spots.push(`${left.toFixed(1)},${top.toFixed(1)}`);
  }
  return `<polyline points="${spots.join(' ')}" class="fixed"/>`;
}

/** Our own name is in the key. */
const label = (name: string) =>
  name.replace('mechanic-storefront, ', '').replace('mechanic-storefront', 'first run');

/** Names of points that lie on one another stand together. */
function together(points: Point[]): Point[] {
  const spots = new Map<string, Point>();
  for (const { name, requests, meanMs } of points) {
    const spot = `${requests.toFixed(1)} ${meanMs.toFixed(0)}`;
    const other = spots.get(spot);
    spots.set(spot, { requests, meanMs, name: other ? `${other.name}, ${name}` : name });
  }
  return [...spots.values()];
}

function panel({ title, points, meanMs }: Panel, offset: number): string {
  const requests = points.map((point) => point.requests);
  const [left, right] = [EDGE.left, WIDTH - EDGE.right];
  const [top, bottom] = [EDGE.top, HEIGHT - EDGE.bottom];
  const xRange: [number, number] = [Math.min(...requests) * 0.8, Math.max(...requests) * 3];
  const yRange: [number, number] = [0.25, LATEST_S];
  const x = scale(xRange, [left, right]);
  const y = scale(yRange, [bottom, top]);
  const within = (value: number, [from, to]: [number, number]) => value >= from && value <= to;
  const inside = (px: number, py: number) => within(px, [left, right]) && within(py, [top, bottom]);
  return [
    `<g transform="translate(${(offset % 2) * WIDTH} ${Math.floor(offset / 2) * HEIGHT})">`,
    text(left, 20, title, 'class="title"'),
    ...REQUESTS.filter((value) => within(value, xRange)).flatMap((value) => [
      line(x(value), top, x(value), bottom),
      text(x(value), bottom + 16, `${value}`, 'text-anchor="middle"'),
    ]),
    ...DELAYS.filter((value) => within(value, yRange)).flatMap((value) => [
      line(left, y(value), right, y(value)),
      text(left - 6, y(value) + 4, `${value} s`, 'text-anchor="end"'),
    ]),
    text((left + right) / 2, HEIGHT - 10, 'requests per run', 'text-anchor="middle"'),
    fixedIntervals(meanMs, x, y, inside),
    ...together(points).flatMap((point) => {
      const delay = point.meanMs / 1_000;
      const [px, py] = [x(point.requests), y(Math.min(delay, LATEST_S))];
      const own = OWN.test(point.name);
      // Our own stand below and to the left of their points, the peers above and to the right.
      const isRight = own;
      const place = `class="${own ? 'own' : ''}" text-anchor="${isRight ? 'end' : 'start'}"`;
      const late = delay > LATEST_S ? `, ${delay.toFixed(1)} s` : '';
      return [
        `<circle cx="${px.toFixed(1)}" cy="${py.toFixed(1)}" r="4" class="${own ? 'own' : 'peer'}"/>`,
        text(px + (isRight ? -8 : 8), py + (own || late ? 14 : -6), label(point.name) + late, place),
      ];
    }),
    '</g>',
  ].join('\n');
}

/** Requests against mean delay, a panel for each kind of work: further down and to the left is better. */
export function pareto(panels: Panel[]): string {
  const height = Math.ceil((panels.length + 1) / 2) * HEIGHT;
  const key = [
    `<g transform="translate(${(panels.length % 2) * WIDTH} ${height - HEIGHT})">`,
    text(EDGE.left, 60, 'Mean delay after the end of a run, against requests.'),
    text(EDGE.left, 82, 'Further down and to the left is better.'),
    text(EDGE.left, 104, 'Dashed: what any fixed interval comes to.'),
    text(EDGE.left, 126, 'Green: mechanic-storefront, its first run,', 'class="own"'),
    text(EDGE.left, 144, 'and warm, after 20 earlier runs.', 'class="own"'),
    text(EDGE.left, 166, `Who is later than ${LATEST_S} s stands at the upper edge.`),
    '</g>',
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${2 * WIDTH} ${height}" role="img">`,
    '<title>Requests per run against mean delay, for each client and kind of work</title>',
    '<style>text{font:11px sans-serif;fill:#333}.title{font-weight:bold}text.own{font-weight:bold;fill:#00635a}',
    'circle.own{fill:#00806f}.peer{fill:#b4522a}.grid{stroke:#ddd}.fixed{fill:none;stroke:#999;stroke-dasharray:4 3}',
    '.page{fill:#fff}@media (prefers-color-scheme:dark){.page{fill:#0d1117}text{fill:#ccc}text.own{fill:#4fd1bd}',
    'circle.own{fill:#2fb8a3}.peer{fill:#e08a5f}.grid{stroke:#333}}</style>',
    '<rect width="100%" height="100%" class="page"/>',
    ...panels.map(panel),
    ...key,
    '</svg>',
    '',
  ].join('\n');
}
