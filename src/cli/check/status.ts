/** What a status says that is not Mechanic's 204. */
export function statusMeaning(status: number): string {
  if (status >= 300 && status < 400) return 'a redirect, after which a POST loses its data';
  if (status === 401 || status === 403) return 'something before Mechanic refuses it';
  if (status === 404) return 'no webhook takes anything there; Mechanic answers 204 even to a wrong id';
  if (status === 405) return 'it takes no POST, so it is no webhook';
  if (status === 413) return 'the data are too large for it';
  if (status === 429 || status === 430) return 'too many requests, for now';
  if (status >= 500) return 'the server is in trouble, which may pass';
  return 'Mechanic answers 204';
}
