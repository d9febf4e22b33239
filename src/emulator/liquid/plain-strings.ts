const rawOrDelimited = /(\{%-?\s*raw\s*-?%\}[\s\S]*?\{%-?\s*endraw\s*-?%\})|\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\}/g;

/**
 * Makes LiquidJS take a backslash for itself, as Ruby's Liquid does: there, strings have no escapes, which regular
 * expressions (`match: "\d+"`) rely on. Lines stay where they are.
 */
export function withPlainStrings(source: string): string {
  return source.replace(rawOrDelimited, (text, raw: string | undefined) =>
    raw === undefined ? text.replaceAll('\\', '\\\\') : text,
  );
}
