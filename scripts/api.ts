/** Writes what each entry of the package lets users type, from the types that `npm run build` made: `npm run api`. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Extractor, ExtractorConfig, type ExtractorLogLevel } from '@microsoft/api-extractor';
import manifest from '../package.json' with { type: 'json' };

const NONE = 'none' as ExtractorLogLevel;
const root = fileURLToPath(new URL('..', import.meta.url));

/** The entries that have types: a report's name, and the file. */
const ENTRIES = Object.entries(manifest.exports).flatMap(([entry, target]) =>
  typeof target === 'string' ? [] : { name: entry === '.' ? 'index' : basename(entry), types: target.types },
);

/**
 * Writes a report for each entry.
 * @param folder where: `element.api.md` and so on
 * @throws Error when the types do not compile
 */
export function writeReports(folder: string): void {
  const compared = mkdtempSync(join(tmpdir(), 'api-'));
  mkdirSync(folder, { recursive: true });
  for (const { name, types } of ENTRIES) {
    const config = ExtractorConfig.prepare({
      configObjectFullPath: undefined,
      packageJsonFullPath: join(root, 'package.json'),
      configObject: {
        projectFolder: root,
        mainEntryPointFilePath: join(root, types),
        newlineKind: 'lf',
        compiler: {
          overrideTsconfig: {
            compilerOptions: {
              target: 'ES2022',
              lib: ['ES2022', 'DOM', 'DOM.Iterable'],
              module: 'ESNext',
              moduleResolution: 'bundler',
              types: [],
              strict: true,
              skipLibCheck: true,
            },
          },
        },
        apiReport: {
          enabled: true,
          reportFileName: name,
          reportFolder: folder,
          reportTempFolder: compared,
        },
        docModel: { enabled: false },
        dtsRollup: { enabled: false },
        tsdocMetadata: { enabled: false },
        // The report is what is wanted, not advice on how to write comments.
        messages: {
          extractorMessageReporting: { default: { logLevel: NONE } },
          tsdocMessageReporting: { default: { logLevel: NONE } },
        },
      },
    });
    const { errorCount } = Extractor.invoke(config, {
      localBuild: true,
      messageCallback(message) {
        message.handled = message.logLevel !== 'error';
      },
    });
    if (errorCount > 0) throw new Error(`The types of ${types} do not compile: see above.`);
  }
  rmSync(compared, { recursive: true });
}

if (import.meta.main) writeReports(resolve(root, 'etc'));
