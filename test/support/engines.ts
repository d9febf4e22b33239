import type { Engine, EngineName } from './engines/engine.ts';
import { launchChromium, launchFirefox } from './engines/puppeteer.ts';
import { launchWebkit } from './engines/webkit.ts';

export { type Engine, type EngineName, type EnginePage, engineNames } from './engines/engine.ts';

const launchers = { chromium: launchChromium, firefox: launchFirefox, webkit: launchWebkit };

/**
 * Starts a browser, without a window.
 * @throws Error that says what to install when it is not there
 */
export function launch(name: EngineName): Promise<Engine> {
  return launchers[name]();
}
