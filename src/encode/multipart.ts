import type { Pair } from './pairs.js';
import { refuse } from './refuse.js';

/**
 * A multipart body as one Blob, which is put together lazily: its size is known at once, and every attempt sends the
 * same bytes. (The browser's own encoder draws a new boundary for each request and changes line ends in texts.)
 * Source: RFC 7578; file names are escaped as the HTML standard does.
 */
export function multipart(pairs: readonly Pair[], id: string): Blob {
  // In lower case, since a Blob lowers the case of its type.
  const boundary = `mechanic-${id.toLowerCase()}`;
  const parts = pairs.flatMap(([name, value]): BlobPart[] => {
    // Some read %22, %0D and %0A as what browsers write them for.
    if (/[\r\n"\\]|%(22|0[ad])/i.test(name))
      refuse(name, 'a name that multipart cannot say', 'Use letters and digits.');
    let head = `--${boundary}\r\ncontent-disposition: form-data; name="${name}"`;
    if (typeof value !== 'string') {
      // Without a name it would be a field in which no file was chosen.
      const file = ((value as File).name || 'blob').replace(/[\r\n"]/g, encodeURIComponent);
      head += `; filename="${file}"\r\ncontent-type: ${value.type || 'application/octet-stream'}`;
    }
    return [`${head}\r\n\r\n`, value, '\r\n'];
  });
  return new Blob([...parts, `--${boundary}--\r\n`], { type: `multipart/form-data; boundary=${boundary}` });
}
