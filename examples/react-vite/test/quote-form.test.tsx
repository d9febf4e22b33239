import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { createEmulator, type Emulator } from 'mechanic-storefront/emulator';
import { mechanicHandlers } from 'mechanic-storefront/msw';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import config from '../mechanic/config.json' with { type: 'json' };
import { QuoteForm } from '../src/quote-form.tsx';

// The component as it is, with the shop's real addresses (.env), and the task as Mechanic has it. In between: a local
// Mechanic that msw lets answer, and time that passes when a test says so.
let mechanic: Emulator;
const server = setupServer();

beforeAll(() => server.listen());
beforeEach(() => {
  vi.useFakeTimers();
  const { webhooks, cacheEndpoints } = config;
  mechanic = createEmulator({ webhooks, cacheEndpoints, tasks: 'mechanic/tasks/*.json', latency: 'real' });
  // Whatever else is asked for does not reach the network.
  server.resetHandlers(
    ...mechanicHandlers(mechanic),
    http.all('*', () => HttpResponse.error()),
  );
});
afterEach(async () => {
  cleanup();
  sessionStorage.clear();
  await mechanic.close();
  vi.useRealTimers();
  vi.restoreAllMocks();
});
afterAll(() => server.close());

const seconds = (count: number) => act(() => vi.advanceTimersByTimeAsync(count * 1000));
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const enter = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const status = () => screen.getByRole('status').textContent;
const alert = () => screen.getByRole('alert').textContent;

/** What the form logs for developers, without showing it. */
const silenced = () => vi.spyOn(console, 'error').mockImplementation(() => {});

test('shows what the task is doing, and then its quote', async () => {
  render(<QuoteForm />);
  fireEvent.click(screen.getByLabelText('Ash'));
  enter('Width, cm', '100');
  enter('Pieces', '3');
  press('Get my quote');
  await seconds(5);
  expect(status()).toBe('Your request is on its way.');
  await seconds(30);
  expect(status()).toBe('Choosing the boards…');
  expect(screen.getByRole<HTMLProgressElement>('progressbar').value).toBe(0.3);
  await seconds(60);
  expect(status()).toContain('3 × ash, 100 × 25 cm€88.50');
  expect(status()).toContain('Total€102.90');
});

test('sends the sizes as numbers, and once for a double click', async () => {
  render(<QuoteForm />);
  press('Get my quote');
  press('Asking the workshop…');
  await seconds(90);
  expect(mechanic.events()).toHaveLength(1);
  expect(mechanic.events()[0]?.data).toMatchObject({
    shelf: { wood: 'oak', widthCm: 80, depthCm: 25, pieces: 2 },
  });
});

test('goes on waiting after a reload', async () => {
  render(<QuoteForm />);
  press('Get my quote');
  await seconds(10);
  cleanup();
  render(<QuoteForm />);
  expect(status()).toBe('Your request is on its way.');
  await seconds(90);
  expect(status()).toContain('Total');
  expect(mechanic.events()).toHaveLength(1);
});

test("tells in the shop's words what the task refuses", async () => {
  silenced();
  render(<QuoteForm />);
  enter('Width, cm', '300');
  press('Get my quote');
  await seconds(90);
  expect(alert()).toBe('That is wider than our boards. Please choose 240 cm or less.');
});

test('asks again under the same UUID when no answer came', async () => {
  const logged = silenced();
  // The task is switched off, so to speak: Mechanic takes everything, and nothing ever comes.
  mechanic.latency({ eventRunMs: 3_600_000, taskRunMs: 0, actionRunMs: 0 });
  render(<QuoteForm />);
  press('Get my quote');
  await seconds(130);
  expect(alert()).toMatch(/longer than usual/);
  expect(logged).toHaveBeenCalledWith(expect.objectContaining({ code: 'timeout' }));

  mechanic.latency('real');
  press('Try again');
  await seconds(90);
  expect(alert()).toBe('');
  expect(status()).toContain('Total');
  const [first, second] = mechanic.events().map(({ data }) => (data as { uuid: string }).uuid);
  expect(first).toBe(second);
});

test('can be tried again when Mechanic cannot be reached', async () => {
  silenced();
  mechanic.faults.set({ status: 503 });
  render(<QuoteForm />);
  press('Get my quote');
  await seconds(130);
  expect(alert()).toMatch(/try again/);

  mechanic.faults.clear();
  press('Try again');
  await seconds(90);
  expect(status()).toContain('Total');
  expect(mechanic.events()).toHaveLength(1);
});
