import { cacheEndpoint, createWebhook } from 'mechanic-storefront';
import { useWebhook } from 'mechanic-storefront/react';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, test } from 'vitest';
import { cacheUrl, transport, webhookUrl } from '../support/mechanic.ts';

test('a server renders idle, and asks nothing', () => {
  const { calls, fetch } = transport();
  const result = cacheEndpoint(cacheUrl);
  const webhook = createWebhook({ url: webhookUrl, result, fetch, resumeKey: 'quote' });
  const Quote = () => createElement('p', null, useWebhook(webhook).status);
  expect(renderToString(createElement(Quote))).toBe('<p>idle</p>');
  expect(calls).toEqual([]);
});
