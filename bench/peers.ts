/** What each peer's user imports to submit something, and, where the peer can, to wait for what becomes of it. */
export const PEERS = {
  '@smithy/util-waiter': "export { createWaiter } from '@smithy/util-waiter'",
  '@formspree/ajax': "export { initForm } from '@formspree/ajax'",
  '@azure/core-lro': "export { createHttpPoller } from '@azure/core-lro'",
  replicate: "export { default } from 'replicate'",
  'ky, all of it': "export { default } from 'ky'",
  '@tanstack/query-core': "export { QueryClient, QueryObserver } from '@tanstack/query-core'",
  'htmx 4': "export { default } from 'htmx.org'",
  '@fal-ai/client': "export { fal } from '@fal-ai/client'",
};
