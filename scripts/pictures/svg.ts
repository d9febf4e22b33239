/** The colours of a picture, for pages of one kind of background. */
export interface Palette {
  text: string;
  quiet: string;
  line: string;
  box: string;
  accent: string;
}

/** Each picture is written twice: a page chooses by the reader's colour scheme. */
export const palettes: { [scheme: string]: Palette } = {
  light: { text: '#1f2328', quiet: '#59636e', line: '#8c959f', box: '#f3f5f7', accent: '#00715f' },
  dark: { text: '#e6edf3', quiet: '#9aa4af', line: '#6e7681', box: '#1c2229', accent: '#3fc9ae' },
};

const inXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Where a text stands, and how. */
export interface TextStyle {
  anchor?: 'start' | 'middle' | 'end';
  fill?: string;
  weight?: number;
}

export function text(x: number, y: number, words: string, style: TextStyle = {}): string {
  const { anchor = 'middle', fill, weight } = style;
  // A style, since the picture's own style sheet stands over attributes.
  const own = `${fill ? `fill:${fill};` : ''}${weight ? `font-weight:${weight}` : ''}`;
  return `<text x="${x}" y="${y}" text-anchor="${anchor}"${own && ` style="${own}"`}>${inXml(words)}</text>`;
}

export function box(
  x: number,
  y: number,
  width: number,
  height: number,
  fill: string,
  stroke: string,
): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="${fill}" stroke="${stroke}"/>`;
}

/** A line with an arrow at its end. */
export function arrow(
  from: [number, number],
  to: [number, number],
  stroke: string,
  isDashed = false,
): string {
  const [[x1, y1], [x2, y2]] = [from, to];
  const length = Math.hypot(x2 - x1, y2 - y1);
  const [dx, dy] = [(x2 - x1) / length, (y2 - y1) / length];
  const corner = (side: number) =>
    `${(x2 - 8 * dx - side * 4 * dy).toFixed(1)} ${(y2 - 8 * dy + side * 4 * dx).toFixed(1)}`;
  const dashes = isDashed ? ' stroke-dasharray="5 4"' : '';
  return (
    `<line x1="${x1}" y1="${y1}" x2="${(x2 - 6 * dx).toFixed(1)}" y2="${(y2 - 6 * dy).toFixed(1)}" stroke="${stroke}" stroke-width="1.5"${dashes}/>` +
    `<path d="M${x2} ${y2} L${corner(1)} L${corner(-1)} Z" fill="${stroke}"/>`
  );
}

/** A whole picture, a line for each of its parts, so that a change is small in a diff. */
export function svg(width: number, height: number, title: string, palette: Palette, parts: string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${inXml(title)}</title>
<style>text{font:13px system-ui,-apple-system,"Segoe UI","Liberation Sans",sans-serif;fill:${palette.text}}</style>
${parts.join('\n')}
</svg>
`;
}
