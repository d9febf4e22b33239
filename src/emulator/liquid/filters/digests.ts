import { createHash, createHmac } from 'node:crypto';
import { show } from '../../json.js';
import { printed } from '../source-emitter.js';
import type { TaskFilter, TaskFilters } from './filter.js';

/** Digests and signatures, in lower-case hexadecimal, and Base64. */
export const digestFilters: TaskFilters = {
  md5: digest('md5'),
  sha1: digest('sha1'),
  sha256: digest('sha256'),
  sha512: digest('sha512'),
  hmac_sha1: signature('sha1'),
  hmac_sha256: signature('sha256'),
  hmac_sha512: signature('sha512'),
  base64: encode('base64'),
  base64_encode: encode('base64'),
  base64url: encode('base64url'),
  base64_url_safe_encode: encode('base64url'),
  decode_base64: decode('base64'),
  base64_decode: decode('base64'),
  decode_base64url: decode('base64url'),
  base64_url_safe_decode: decode('base64url'),
};

function digest(algorithm: string): TaskFilter {
  return (input) => createHash(algorithm).update(printed(input)).digest('hex');
}

/** A key that is nil or blank fails: a signature that anybody can make is no check. */
function signature(algorithm: string): TaskFilter {
  return (input, { positional: [key] }) => {
    if (typeof key !== 'string' || key === '')
      throw new Error(`hmac_${algorithm}: needs a key that is text; received ${show(key)}`);
    return createHmac(algorithm, key).update(printed(input)).digest('hex');
  };
}

function encode(encoding: 'base64' | 'base64url'): TaskFilter {
  return (input) => Buffer.from(printed(input)).toString(encoding);
}

function decode(encoding: 'base64' | 'base64url'): TaskFilter {
  return (input) => Buffer.from(printed(input), encoding).toString();
}
