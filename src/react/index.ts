export type { MechanicFormProps } from './mechanic-form-props.js';
export type { LatestUpdate, WebhookActions, WebhookState } from './state.js';
export { type UseWebhookOptions, useWebhook } from './use-webhook.js';
