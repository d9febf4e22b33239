import { getMimeType } from 'hono/utils/mime';

/** `Uint8Array<ArrayBuffer>`, said so that TypeScript before 5.7 can read it, too: there `Uint8Array` is not generic. */
type Bytes = ReturnType<Uint8Array['slice']>;

/** A file in the storage bucket. */
export interface StoredFile {
  /** Without a leading slash. */
  path: string;
  /** What it is served as. */
  contentType: string;
  /** A copy of its content. */
  bytes: Bytes;
  /** The bytes as UTF-8. */
  body: string;
}

/** The external storage that tasks write to with the HTTP action: files by path. */
export class StorageStore {
  readonly #files = new Map<string, StoredFile>();

  /** The file; `undefined` when there is none. */
  get(path: string): StoredFile | undefined {
    const file = this.#files.get(normalize(path));
    return file && { ...file, bytes: file.bytes.slice() };
  }

  /**
   * Writes a file.
   *
   * @param contentType by default what the path's extension says, else `application/octet-stream`.
   */
  put(path: string, content: string | Uint8Array, contentType?: string): void {
    const name = normalize(path);
    const bytes = new Uint8Array(typeof content === 'string' ? Buffer.from(content) : content);
    this.#files.set(name, {
      path: name,
      contentType: contentType ?? getMimeType(name) ?? 'application/octet-stream',
      bytes,
      body: Buffer.from(bytes).toString(),
    });
  }

  delete(path: string): void {
    this.#files.delete(normalize(path));
  }

  /** All files. */
  entries(): StoredFile[] {
    return [...this.#files.keys()].flatMap((path) => this.get(path) ?? []);
  }
}

function normalize(path: string): string {
  return path.replace(/^\/+/, '');
}
