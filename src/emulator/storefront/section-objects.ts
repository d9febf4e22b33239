import { escapeHtml } from './escape.js';
import { pick, type SectionInstance } from './json-template.js';
import { type SectionSchema, type SettingValues, settingsWith } from './section-schema.js';

/** Renders what Liquid stands in a setting: Shopify's dynamic sources. */
export type RenderSetting = (liquid: string) => Promise<string>;

/** The Liquid object `section`, with its `blocks`. */
export async function createSectionObject(
  id: string,
  instance: SectionInstance,
  schema: SectionSchema,
  { designMode, render }: { designMode: boolean; render: RenderSetting },
): Promise<object> {
  const { type, blocks, block_order: order } = instance;
  const inOrder = order.map((key) => ({ key, block: pick(blocks, key, `${type}: block_order`) }));
  const shown = inOrder.filter(({ block }) => !block.disabled);
  return {
    id,
    settings: await filled(settingsWith(schema.settings, instance.settings, type), render),
    blocks: await Promise.all(
      shown.map(async ({ key, block }) => {
        const known = schema.blocks.find((candidate) => candidate.type === block.type);
        if (known === undefined) throw new Error(`${type}: the schema has no block "${block.type}"`);
        const owner = `${type}, block ${key}`;
        return {
          id: key,
          type: block.type,
          settings: await filled(settingsWith(known.settings, block.settings, owner), render),
          // Nothing outside the theme editor, as in Shopify.
          shopify_attributes: designMode ? editorAttributes({ id: key, type: block.type }) : '',
        };
      }),
    ),
  };
}

async function filled(settings: SettingValues, render: RenderSetting): Promise<SettingValues> {
  const entries = Object.entries(settings).map(async ([id, value]) => [
    id,
    typeof value === 'string' && value.includes('{{') ? await render(value) : value,
  ]);
  return Object.fromEntries(await Promise.all(entries));
}

function editorAttributes(block: object): string {
  return `data-shopify-editor-block="${escapeHtml(JSON.stringify(block))}"`;
}
