import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';

/** The code fences of a Markdown file of the project in one language, in order. */
export function snippets(file: string, language: string): string[] {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(
    ([, code]) => code ?? '',
  );
}

/** Runs a TypeScript snippet, with what it imports given by name, and returns what it prints. */
export async function runSnippet(code: string, given: { [name: string]: unknown }): Promise<unknown[][]> {
  const body = stripTypeScriptTypes(code.replaceAll(/^import .*$/gm, ''));
  const printed: unknown[][] = [];
  const console = { log: (...values: unknown[]) => printed.push(values) };
  const names = { console, ...given };
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
  await new AsyncFunction(...Object.keys(names), body)(...Object.values(names));
  return printed;
}
