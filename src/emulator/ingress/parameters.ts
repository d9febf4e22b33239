import { isObject, type Json, type JsonObject } from '../json.js';
import { addParameter, type Parameter, type Parameters, parseNestedQuery } from './params.js';
import { bodyText, type IngressRequest, mediaType } from './request.js';

/** Ruby's JSON parser refuses deeper nesting (`max_nesting`). */
const jsonDepthLimit = 100;

/** The query string's parameters; none when Rack cannot parse it. */
export function queryParameters({ queryString }: IngressRequest): JsonObject {
  try {
    return toObject(parseNestedQuery(queryString));
  } catch {
    return {};
  }
}

/** The body's parameters; `null` when it is empty, unparseable, or of a type that has none. */
export async function bodyParameters(request: IngressRequest): Promise<JsonObject | null> {
  const text = bodyText(request);
  if (text.trim() === '') return null;
  try {
    switch (mediaType(request)) {
      case 'application/json':
        return jsonParameters(text);
      case 'application/x-www-form-urlencoded':
        return toObject(parseNestedQuery(text));
      case 'multipart/form-data':
        return toObject(await multipartParameters(request));
      default:
        return null;
    }
  } catch {
    return null;
  }
}

function jsonParameters(text: string): JsonObject | null {
  const value = JSON.parse(text) as Json;
  return isObject(value) && depthOf(value) <= jsonDepthLimit ? value : null;
}

async function multipartParameters({ body, headers }: IngressRequest): Promise<Parameters> {
  const form = await new Response(body, {
    headers: { 'content-type': headers.get('content-type') ?? '' },
  }).formData();
  const parameters: Parameters = new Map();
  for (const [name, value] of form) {
    if (typeof value === 'string') addParameter(parameters, name, value);
    // A file field in which no file was chosen has no name. Rack leaves it out.
    else if (value.name !== '') addParameter(parameters, name, await toUploadedFile(value));
  }
  return parameters;
}

async function toUploadedFile(file: File) {
  const content_base64 = Buffer.from(await file.arrayBuffer()).toString('base64');
  return { content_base64, mime_type: file.type, name: file.name, size: file.size };
}

function toObject(parameters: Parameters): JsonObject {
  // fromEntries defines own properties: `__proto__` stays a key like any other.
  return Object.fromEntries([...parameters].map(([name, value]) => [name, toJsonValue(value)]));
}

function toJsonValue(value: Parameter): Json {
  if (value instanceof Map) return toObject(value);
  if (Array.isArray(value)) return value.map(toJsonValue);
  return typeof value === 'object' && value !== null ? { ...value } : value;
}

/** Levels of objects and arrays. Level by level, as recursion would overflow on the input that this is for. */
function depthOf(value: object): number {
  let depth = 0;
  for (let level = [value]; level.length > 0; depth++) {
    level = level.flatMap((container) => Object.values(container).filter(isContainer));
  }
  return depth;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
