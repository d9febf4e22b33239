/** Lets the browser connect to the origins that a form will ask, so that the submission needs no handshake first. */
export function preconnect(form: Element): void {
  for (const name of ['webhook', 'cache-endpoint', 'stored-file']) {
    const address = form.getAttribute(name) ?? '';
    const { origin } = URL.canParse(address) ? new URL(address) : location;
    if (origin === location.origin || document.querySelector(`link[rel=preconnect][href="${origin}"]`))
      continue;
    const link = document.createElement('link');
    link.rel = 'preconnect';
    link.href = origin;
    // Requests without credentials have connections of their own.
    link.crossOrigin = 'anonymous';
    document.head.append(link);
  }
}
