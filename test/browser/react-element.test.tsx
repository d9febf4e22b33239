import { act, render } from '@testing-library/react';
import type { MechanicFormElement } from 'mechanic-storefront/element';
import 'mechanic-storefront/element';
import type { MechanicFormProps } from 'mechanic-storefront/react';
import { expect, test } from 'vitest';
import { webhookUrl } from '../support/mechanic.ts';
import { mechanic, pass, watchPage } from '../support/react.tsx';

watchPage();

/** A form that React makes, after the element was registered. */
function rendered(props: MechanicFormProps) {
  const of = (props: MechanicFormProps) => (
    <mechanic-form {...props}>
      <form>
        <input name="pieces" defaultValue="3" />
      </form>
    </mechanic-form>
  );
  const { container, rerender } = render(of(props));
  const form = container.querySelector('mechanic-form') as MechanicFormElement;
  return { form, rerender: (props: MechanicFormProps) => rerender(of(props)) };
}

test('a URL for the webhook becomes the attribute, also when it changes', () => {
  const { form, rerender } = rendered({ webhook: webhookUrl, 'cache-endpoint': 'https://usemechanic.com/a' });
  expect(form.getAttribute('webhook')).toBe(webhookUrl);
  const other = webhookUrl.replace('0f9c', '1f9c');
  rerender({ webhook: other });
  expect(form.getAttribute('webhook')).toBe(other);
});

test('a webhook is set, and the events are listened to', async () => {
  const shop = mechanic();
  const told: unknown[] = [];
  const { form } = rendered({
    webhook: shop.webhook,
    'onmechanic:result': ({ detail }) => told.push(detail.value),
  });
  expect(form.webhook).toBe(shop.webhook);
  act(() => void form.submit());
  await pass(0);
  shop.publish(form.run as Parameters<typeof shop.publish>[0], { status: 'done', value: { total: 27 } });
  await pass(1_000);
  expect(told).toEqual([{ total: 27 }]);
  expect(shop.posts).toHaveLength(1);
});
