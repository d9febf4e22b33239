import { createEmulator, type Emulator, type MechanicEvent } from 'mechanic-storefront/emulator';
import type { BrowserCommand } from 'vitest/node';

/** The webhook of every local Mechanic that a browser test starts. */
const webhook = { id: '0f9c2a52-6f0e-4c7a-9d6e-0d4f3f0a9a11', topic: 'user/example/submitted' };

const running = new Map<string, Emulator>();

/** Starts a local Mechanic and returns its origin. */
export const startMechanic: BrowserCommand<[]> = async (): Promise<string> => {
  const mechanic = createEmulator({
    webhooks: [webhook],
    latency: { eventRunMs: 0, taskRunMs: 0, actionRunMs: 0 },
  });
  const { url } = await mechanic.listen();
  running.set(url, mechanic);
  return url;
};

export const stopMechanic: BrowserCommand<[url: string]> = async (_, url): Promise<void> => {
  await running.get(url)?.close();
  running.delete(url);
};

/** The events so far. */
export const eventsOf: BrowserCommand<[url: string]> = (_, url): MechanicEvent[] =>
  running.get(url)?.events() ?? [];

declare module 'vitest/browser' {
  interface BrowserCommands {
    startMechanic(): Promise<string>;
    stopMechanic(url: string): Promise<void>;
    eventsOf(url: string): Promise<MechanicEvent[]>;
  }
}
