import type { StorageStore } from './stores/storage.js';

/** A request to the storage bucket, from a page or from an HTTP action. */
export interface StorageRequest {
  /** In capitals. */
  method: string;
  /** What follows `/storage/` in the URL, as it is there. */
  path: string;
  /** The content type of what is written, where it is given. */
  contentType: string | null;
  body: Uint8Array;
}

/** The bucket's answer. */
export interface StorageAnswer {
  status: number;
  contentType: string;
  body: Uint8Array<ArrayBuffer>;
}

/** Reads, writes or deletes a file. */
export function answerStorageRequest(
  storage: StorageStore,
  missStatus: 404 | 403,
  { method, path: encodedPath, contentType, body }: StorageRequest,
): StorageAnswer {
  const path = decodePath(encodedPath);
  if (path === '') return textAnswer(400, 'Name a file: /storage/<path>');
  switch (method) {
    case 'GET':
    case 'HEAD': {
      const file = storage.get(path);
      if (file === undefined) return textAnswer(missStatus, `There is no file at ${path}`);
      return { status: 200, contentType: file.contentType, body: file.bytes };
    }
    case 'PUT':
    case 'POST':
      storage.put(path, body, contentType ?? undefined);
      return textAnswer(200, '');
    case 'DELETE':
      storage.delete(path);
      return textAnswer(200, '');
    default:
      return textAnswer(405, `Storage takes GET, PUT, POST and DELETE, not ${method}`);
  }
}

function textAnswer(status: number, text: string): StorageAnswer {
  return { status, contentType: 'text/plain; charset=utf-8', body: new Uint8Array(Buffer.from(text)) };
}

/** A path with its percent-encoding undone, where that is possible. */
function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
