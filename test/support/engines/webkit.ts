import { globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Builder, type WebDriver } from 'selenium-webdriver';
import type { Engine, EnginePage } from './engine.ts';
import { executable } from './executable.ts';
import { type InTurn, turns } from './turns.ts';
import { openDisplay } from './xvfb.ts';

// A folder, which an import cannot name.
const { DriverService } = createRequire(import.meta.url)(
  'selenium-webdriver/remote',
) as typeof import('selenium-webdriver/remote');

const remedy = 'Install it (Debian: apt-get install webkit2gtk-driver xvfb)';

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Starts WebKitGTK's MiniBrowser, over WebDriver, on a screen of its own. */
export async function launchWebkit(): Promise<Engine> {
  if (process.platform !== 'linux') {
    throw new Error(
      'WebKitGTK runs on Linux only: run the test of WebKit there, or open the page in Safari.',
    );
  }
  const driver = executable({
    what: 'WebKitWebDriver',
    variable: 'WEBKIT_DRIVER_PATH',
    installed: ['/usr/bin/WebKitWebDriver'],
    remedy,
  });
  const binary = executable({
    what: "WebKitGTK's MiniBrowser",
    variable: 'WEBKIT_PATH',
    installed: globSync('/usr/lib{/*,}/webkit{2gtk,gtk}-[0-9]*/MiniBrowser'),
    remedy,
  });
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const end of closers.splice(0).reverse()) await end();
  };
  try {
    const display = await openDisplay();
    closers.push(display.close);
    const service = new DriverService.Builder(driver)
      .setLoopback(true)
      .setEnvironment({ ...process.env, DISPLAY: display.name, GDK_BACKEND: 'x11' } as never)
      .build();
    closers.push(() => service.kill());
    const session = await new Builder()
      .usingServer(await service.start())
      .withCapabilities({
        browserName: 'MiniBrowser',
        'webkitgtk:browserOptions': { binary, args: ['--automation'] },
      })
      .build();
    closers.push(() => session.quit());
    // WebKit keeps it with the page's own setTimeout, and the page's time may be the test's.
    await session.manage().setTimeouts({ script: LONGEST_TIMER_MS });
    const first = await session.getWindowHandle();
    // A session has one window at a time.
    const inTurn = turns();
    return { open: (url) => open(session, first, inTurn, url), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(session: WebDriver, first: string, inTurn: InTurn, url: string): Promise<EnginePage> {
  const handle = await inTurn(async () => {
    // The one that was used last may be closed.
    await session.switchTo().window(first);
    // A window, since the page in a tab is hidden, and a hidden page does not poll.
    await session.switchTo().newWindow('window');
    const handle = await session.getWindowHandle();
    await session.get(url);
    return handle;
  });
  /** Does something with the page's window. */
  const at = <T>(work: () => Promise<T>) =>
    inTurn(async () => {
      await session.switchTo().window(handle);
      return work();
    });
  const close = () => at(() => session.close());
  return {
    goto: (url) => at(() => session.get(url)),
    async evaluate(run, argument) {
      const [isDone, outcome] = await at(() =>
        session.executeAsyncScript<[boolean, never]>(
          `const [argument, answer] = arguments;
          Promise.resolve(argument).then(${run}).then(
            (value) => answer([true, value]),
            (error) => answer([false, String(error)]),
          );`,
          argument,
        ),
      );
      if (isDone) return outcome;
      throw new Error(outcome);
    },
    async screenshot(width) {
      await session.manage().window().setRect({ width, height: 900 });
      return Buffer.from(await session.takeScreenshot(), 'base64');
    },
    close,
    kill: close,
  };
}
