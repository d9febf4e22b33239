import { globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Builder, type WebDriver } from 'selenium-webdriver';
import type { Engine, EnginePage } from './engine.ts';
import { executable } from './executable.ts';
import { openDisplay } from './xvfb.ts';

// A folder, which an import cannot name.
const { DriverService } = createRequire(import.meta.url)(
  'selenium-webdriver/remote',
) as typeof import('selenium-webdriver/remote');

const remedy = 'Install it (Debian: apt-get install webkit2gtk-driver xvfb)';

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
    await session.manage().setTimeouts({ script: 600_000 });
    return { open: (url) => open(session, url), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(session: WebDriver, url: string): Promise<EnginePage> {
  // A window, since the page in a tab is hidden, and a hidden page does not poll.
  await session.switchTo().newWindow('window');
  const handle = await session.getWindowHandle();
  await session.get(url);
  const close = async () => {
    await session.switchTo().window(handle);
    await session.close();
  };
  return {
    async evaluate(run, argument) {
      await session.switchTo().window(handle);
      const [isDone, outcome] = await session.executeAsyncScript<[boolean, never]>(
        `const [argument, answer] = arguments;
        Promise.resolve(argument).then(${run}).then(
          (value) => answer([true, value]),
          (error) => answer([false, String(error)]),
        );`,
        argument,
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
