import { v4 } from 'uuid';
import { kindOf, quote } from '../errors.js';
import type { Data, Encoding } from '../types.js';
import { isUuid } from '../uuid.js';
import { multipart } from './multipart.js';
import { formPairs, treePairs } from './pairs.js';
import { refuse } from './refuse.js';
import { spoken, type Tree, toTree, wellFormed } from './tree.js';

/** A submission ready for the wire. */
export interface Encoded {
  id: string;
  body: string | Blob;
  contentType: string;
  /** Whether the UUID is in the body. Only a text may be without it. */
  carriesId: boolean;
}

export interface EncodeOptions {
  encoding?: Encoding | undefined;
  idField: string;
  /** The UUID that the caller brings. */
  id?: string | undefined;
  /** The button that submitted a form: its name and value are part of the data. */
  submitter?: HTMLElement | null | undefined;
}

/**
 * Turns data into a body that Mechanic reads as the same data, with the UUID in it, or refuses.
 * @throws {MechanicError} `encoding`, with the path and the remedy
 */
export function encode(data: Data, { encoding, idField, id: brought, submitter }: EncodeOptions): Encoded {
  const kind = kindOf(data);
  const source = kind === 'HTMLFormElement' ? new FormData(data as HTMLFormElement, submitter) : data;
  const fields =
    source instanceof URLSearchParams || kindOf(source) === 'FormData'
      ? formPairs(source as FormData)
      : undefined;
  const hasFile = fields?.some(([, value]) => typeof value !== 'string');
  const isText = typeof data === 'string';
  const wire = encoding ?? (isText ? 'text' : !fields ? 'json' : hasFile ? 'multipart' : 'form');
  const members = fields ? Object.fromEntries(fields) : isText ? {} : toTree(spoken(data), wire);
  if (isText ? wire !== 'text' || !data.trim() : kindOf(members) !== 'Object') {
    refuse(
      '',
      `${quote(data)} as '${wire}'`,
      'Submit an object ({ items: […] }), a form, or a text that is not blank.',
    );
  }

  const id = (members as Record<string, unknown>)[idField] ?? brought ?? v4();
  if (!isUuid(id) || (brought ?? id) !== id) {
    refuse(idField, `${quote(id)} is no UUID, or not the id given`, 'Give one UUID, or none to get one.');
  }

  if (isText) {
    return {
      id,
      body: wellFormed(data, ''),
      contentType: 'text/plain;charset=UTF-8',
      carriesId: data.includes(id),
    };
  }
  if (wire === 'json' || wire === 'text') {
    const bracketed = fields?.find(([name]) => name.includes('['));
    if (bracketed)
      refuse(bracketed[0], `brackets in '${wire}'`, "Use the 'form' encoding, or submit an object.");
    const tree = fields ? toTree(members, wire) : members;
    const body = JSON.stringify({ ...(tree as object), [idField]: id });
    return {
      id,
      body,
      contentType: wire === 'json' ? 'application/json' : 'text/plain;charset=UTF-8',
      carriesId: true,
    };
  }
  const pairs = (fields ?? treePairs(members as Tree)).filter(([name]) => name !== idField);
  if (pairs.some(([name]) => name.startsWith(`${idField}[`)))
    refuse(idField, 'holds the UUID and nothing else', 'Rename the other field.');
  pairs.push([idField, id]);
  if (wire === 'multipart') {
    const body = multipart(pairs, id);
    return { id, body, contentType: body.type, carriesId: true };
  }
  const texts = pairs.map(([name, value]) =>
    typeof value === 'string' ? [name, value] : refuse(name, 'a file', "Use the 'multipart' encoding."),
  );
  const contentType = 'application/x-www-form-urlencoded;charset=UTF-8';
  return { id, body: new URLSearchParams(texts).toString(), contentType, carriesId: true };
}
