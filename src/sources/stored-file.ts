import { misconfigured, webAddress } from '../configuration.js';
import { ownRecord, recordOf } from '../record.js';
import type { ReadContext, Reading, ResultSource } from '../types.js';
import { ask, parseJson } from './answer.js';

/** What {@link storedFile} takes beside the location. */
export interface StoredFileOptions {
  /** Statuses that mean "not there yet". S3 says 403 when the reader may not list the bucket. @default [404] */
  pendingStatuses?: readonly number[];
  /** `'text'`: the file's text is the value; its address must then hold the UUID. @default 'json' */
  format?: 'json' | 'text';
}

/** Where a run's file is: a URL with `{id}` in it, or a function that makes one. */
export type FileLocation = string | ((run: Pick<ReadContext, 'id' | 'requestId'>) => string);

/**
 * The result comes back as a file in external storage, written by the task's HTTP or FTP action.
 *
 * @param location a URL with `{id}` (the run's UUID) in it, or a function that makes one. `{requestId}` works
 *   where the browser lets a page see `x-request-id`. A file whose address holds neither must carry the UUID inside.
 * @param options what the file holds, and how its absence looks
 * @throws {MechanicError} `configuration` when the location or an option is wrong
 */
export function storedFile(
  location: FileLocation,
  { pendingStatuses = [404], format = 'json' }: StoredFileOptions = {},
): ResultSource {
  if (typeof location !== 'function') webAddress('storedFile', location);
  if (format !== 'json' && format !== 'text') throw misconfigured('format', format, "Give 'json' or 'text'.");

  return {
    place: `${location}`,
    byId: typeof location === 'string' && !location.includes('{requestId}'),
    async read(context): Promise<Reading> {
      const { id, requestId } = context;
      if (!requestId && String(location).includes('{requestId}')) {
        throw misconfigured('requestId', requestId, 'The browser hides x-request-id from pages: use {id}.');
      }
      const url =
        typeof location === 'function'
          ? location({ id, requestId })
          : location.replaceAll('{id}', id).replaceAll('{requestId}', requestId ?? '');
      webAddress('storedFile', url);
      const { text } = await ask(context, url, pendingStatuses);
      const isKeyed = url.includes(id) || (requestId && url.includes(requestId));
      if (format === 'json') return (isKeyed ? ownRecord : recordOf)(parseJson(text, url), id);
      // A text cannot say whose it is.
      if (!isKeyed) throw misconfigured('storedFile', url, 'Put {id} into the address of a text.');
      return text.trim() ? { state: 'done', value: text } : { state: 'pending' };
    },
  };
}
