import { z } from 'zod';
import { faultsOf } from '../check.js';
import type { ThemeFile } from './theme-files.js';
import { parseThemeJson } from './theme-json.js';

const settings = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]))
  .default({});
const block = z.strictObject({
  type: z.string(),
  name: z.string().optional(),
  settings,
  disabled: z.boolean().default(false),
});
const section = z.strictObject({
  type: z.string(),
  name: z.string().optional(),
  settings,
  blocks: z.record(z.string(), block).default({}),
  block_order: z.array(z.string()).default([]),
  disabled: z.boolean().default(false),
});
// Not emulated, and so refused as unknown: `wrapper`, and blocks within blocks.
const template = z.strictObject({
  layout: z.union([z.string(), z.literal(false)]).default('theme'),
  sections: z.record(z.string(), section),
  order: z.array(z.string()),
});

/** A section as a template asks for it. */
export type SectionInstance = z.output<typeof section>;

/** What a JSON template says: sections, in their order, and the layout around them. */
export interface JsonTemplate {
  layout: string | null;
  sections: { key: string; section: SectionInstance }[];
}

/** A section that nothing is said of: all from its schema. */
export function plainSection(type: string): SectionInstance {
  return section.parse({ type });
}

/** @throws Error that names the file and each fault by its path. */
export function readJsonTemplate(file: ThemeFile): JsonTemplate {
  const { path } = file;
  const received = parseThemeJson(file);
  const parsed = template.safeParse(received);
  if (!parsed.success) throw new Error(`${path}: ${faultsOf(parsed.error, received, 'template').join('; ')}`);
  const { layout, sections, order } = parsed.data;
  const inOrder = order.map((key) => ({ key, section: pick(sections, key, `${path}: order`) }));
  return { layout: layout || null, sections: inOrder.filter(({ section }) => !section.disabled) };
}

/** One of a record by its key. @throws Error when there is none. */
export function pick<T>(record: { [key: string]: T }, key: string, where: string): T {
  const found = Object.hasOwn(record, key) ? record[key] : undefined;
  if (found === undefined) throw new Error(`${where} names "${key}", which is not there`);
  return found;
}
