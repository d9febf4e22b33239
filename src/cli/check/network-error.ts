/** What the codes of failed connections mean to whoever typed the address. Sources: Node's docs, Errors and TLS. */
const meanings: { [code: string]: string } = {
  ENOTFOUND: 'there is no host of this name',
  EAI_AGAIN: 'the name server did not answer; is this machine online?',
  ECONNREFUSED: 'nothing listens there (connection refused)',
  ECONNRESET: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  ETIMEDOUT: 'no answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'no answer in time',
  EHOSTUNREACH: 'the network has no way there',
  ENETUNREACH: 'the network has no way there',
  EPROTO: 'it speaks no TLS; is it an http address?',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it speaks no TLS; is it an http address?',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself, which browsers refuse',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by an authority that is not known',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by an authority that is not known',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is signed by an authority that is not known',
};

/** Why there was no connection, or no answer. `fetch` has the reason as the cause of its error, or the cause's. */
export function reasonOf(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at.name === 'TimeoutError') return 'no answer in time';
    const { code } = at as NodeJS.ErrnoException;
    if (code !== undefined && Object.hasOwn(meanings, code)) return `${meanings[code]} (${code})`;
    if (code !== undefined && at.cause === undefined) return `it failed with ${code}`;
  }
  return error instanceof Error ? error.message : String(error);
}
