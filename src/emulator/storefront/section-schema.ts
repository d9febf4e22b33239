import { z } from 'zod';
import { faultsOf } from '../check.js';
import type { ThemeFile } from './theme-files.js';
import { parseThemeJson } from './theme-json.js';

/** A value of a setting, as a template or a schema has it. */
export type SettingValue = string | number | boolean | string[] | null;

/** Settings by id. */
export interface SettingValues {
  [id: string]: SettingValue;
}

const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]);
// Headers and paragraphs have no id. What else a setting says is for the theme editor.
const setting = z.looseObject({ id: z.string().optional(), default: value.optional() });
const blockType = z.looseObject({ type: z.string(), settings: z.array(setting).default([]) });
const schema = z.looseObject({
  tag: z.enum(['article', 'aside', 'div', 'footer', 'header', 'section']).default('div'),
  class: z.string().optional(),
  settings: z.array(setting).default([]),
  blocks: z.array(blockType).default([]),
});

/** What a section's `{% schema %}` says of rendering it; the rest is for the theme editor. */
export type SectionSchema = z.output<typeof schema>;

const tagPattern = /\{%-?\s*schema\s*-?%\}([\s\S]*?)\{%-?\s*endschema\s*-?%\}/;

/** @throws Error that names the file, for a schema that is no JSON or not in the form of one. */
export function readSectionSchema({ path, source }: ThemeFile): SectionSchema {
  const received = parseThemeJson({ path: `${path}, schema`, source: tagPattern.exec(source)?.[1] ?? '{}' });
  const parsed = schema.safeParse(received);
  if (parsed.success) return parsed.data;
  throw new Error(`${path}: ${faultsOf(parsed.error, received, 'schema').join('; ')}`);
}

/** The settings with the schema's defaults. @throws Error for a setting that the schema does not have. */
export function settingsWith(
  known: SectionSchema['settings'],
  given: SettingValues,
  owner: string,
): SettingValues {
  const ids = known.flatMap(({ id }) => id ?? []);
  const stranger = Object.keys(given).find((id) => !ids.includes(id));
  if (stranger !== undefined) throw new Error(`${owner}: the schema has no setting "${stranger}"`);
  const defaults = known.flatMap(({ id, default: standard }) =>
    id === undefined || standard === undefined ? [] : [[id, standard] as const],
  );
  return { ...Object.fromEntries(defaults), ...given };
}
