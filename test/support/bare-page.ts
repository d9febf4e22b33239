/** What a script finds in a page that has no document: of Node's, what browsers have, too. */
export const bareGlobals = {
  URL,
  URLSearchParams,
  Blob,
  FormData,
  Request,
  AbortController,
  AbortSignal,
  setTimeout,
  clearTimeout,
  crypto,
};
