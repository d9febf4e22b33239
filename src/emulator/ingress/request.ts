/** A request to a webhook, read to its end. */
export interface IngressRequest {
  webhookId: string;
  requestId: string;
  clientIp: string;
  /** Without the `?`. */
  queryString: string;
  headers: Headers;
  body: Uint8Array<ArrayBuffer>;
}

/** The content type in lower case without its parameters; empty when there is none. */
export function mediaType({ headers }: IngressRequest): string {
  return (headers.get('content-type') ?? '').split(';', 1).join().trim().toLowerCase();
}

/** The body as UTF-8. */
export function bodyText({ body }: IngressRequest): string {
  return Buffer.from(body).toString();
}
