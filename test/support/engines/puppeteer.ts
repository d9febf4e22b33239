import { type Browser, launch as launchBrowser, type Page } from 'puppeteer-core';
import { chromiumOptions } from '../chromium.ts';
import type { Engine } from './engine.ts';
import { executable } from './executable.ts';
import { turns } from './turns.ts';

/** Starts Chromium, over its own protocol. */
export async function launchChromium(): Promise<Engine> {
  return engineOf(await launchBrowser({ ...chromiumOptions(), headless: true }), true);
}

/** Starts Firefox, over WebDriver BiDi. */
export async function launchFirefox(): Promise<Engine> {
  const executablePath = executable({
    what: 'Firefox',
    variable: 'FIREFOX_PATH',
    installed: [
      '/usr/bin/firefox-esr',
      '/usr/bin/firefox',
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
    ],
    remedy: 'Install one (Debian: apt-get install firefox-esr)',
  });
  return engineOf(
    await launchBrowser({
      browser: 'firefox',
      executablePath,
      headless: true,
      extraPrefsFirefox: quietFirefox,
    }),
    false,
  );
}

/** Switches off what would look for its maker's servers. */
const quietFirefox = {
  'app.normandy.enabled': false,
  'app.update.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.region.network.url': '',
  'browser.search.update': false,
  'datareporting.healthreport.uploadEnabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'dom.push.connection.enabled': false,
  'extensions.systemAddon.update.enabled': false,
  'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.prefetch-next': false,
  'services.settings.server': 'data:,',
  'toolkit.telemetry.enabled': false,
  'toolkit.telemetry.server': '',
};

function engineOf(browser: Browser, isChromium: boolean): Engine {
  // Firefox cannot open a tab while it closes another.
  const inTurn = turns();
  return {
    async open(url) {
      const page = await inTurn(() => browser.newPage());
      await page.goto(url);
      return {
        evaluate: (run, argument) => page.evaluate(run as never, argument as never),
        async screenshot(width) {
          await page.setViewport({ width, height: 900 });
          return page.screenshot({ fullPage: true });
        },
        goto: async (url) => void (await page.goto(url)),
        close: () => inTurn(() => page.close()),
        kill: () => inTurn(() => (isChromium ? crash(page) : page.close())),
        block: (part) => block(page, part),
        // Firefox has no such thing.
        ...(isChromium && { setOffline: (isOffline) => page.setOfflineMode(isOffline) }),
      };
    },
    close: () => browser.close(),
  };
}

async function crash(page: Page): Promise<void> {
  const session = await page.createCDPSession();
  const crashed = new Promise((resolve) => page.once('error', resolve));
  // It never answers.
  session.send('Page.crash').catch(() => {});
  await crashed;
  await page.close();
}

async function block(page: Page, part: string): Promise<void> {
  page.removeAllListeners('request');
  await page.setRequestInterception(part !== '');
  if (!part) return;
  page.on('request', (request) => {
    void (request.url().includes(part) ? request.abort('blockedbyclient') : request.continue());
  });
}
