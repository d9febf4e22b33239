import type { Page } from 'playwright';

interface Value {
  value?: unknown;
}

/** As far as it is read here. Source: Chrome DevTools Protocol, Accessibility.AXNode. */
interface AXNode {
  nodeId: string;
  ignored: boolean;
  role?: Value;
  name?: Value;
  value?: Value;
  properties?: { name: string; value: Value }[];
  childIds?: string[];
  backendDOMNodeId?: number;
}

/** What matters here, with the values that say nothing. */
const SILENT: { readonly [property: string]: unknown } = {
  busy: false,
  disabled: false,
  focused: false,
  invalid: 'false',
  live: '',
  required: false,
};

/** Roles that nobody is told of. */
const UNNAMED = ['generic', 'InlineTextBox', 'LabelText'];

/**
 * The accessibility tree inside an element, a line for each node: role, name and what else is said of it. Texts that
 * are their parent's name are left out, as are nodes that Chromium ignores.
 */
export async function treeOf(page: Page, selector: string): Promise<string> {
  const devtools = await page.context().newCDPSession(page);
  const { root } = await devtools.send('DOM.getDocument');
  const { nodeId } = await devtools.send('DOM.querySelector', { nodeId: root.nodeId, selector });
  const { node } = await devtools.send('DOM.describeNode', { nodeId });
  const { nodes } = (await devtools.send('Accessibility.getFullAXTree')) as { nodes: AXNode[] };
  await devtools.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));

  const linesOf = (id: string, named: unknown): string[] => {
    const node = byId.get(id);
    if (!node) return [];
    const role = node.role?.value;
    const name = String(node.name?.value ?? '').trim();
    const isSilent = node.ignored || UNNAMED.includes(String(role));
    const isSaid = role === 'StaticText' && (!name || name === named);
    // What is in a field is its value.
    const children = node.value?.value === undefined ? node.childIds : [];
    const inside = (children ?? []).flatMap((child) => linesOf(child, isSilent ? named : name));
    if (isSilent || isSaid) return inside;
    return [lineOf(node, name), ...inside.map((line) => `  ${line}`)];
  };
  const host = nodes.find(({ backendDOMNodeId }) => backendDOMNodeId === node.backendNodeId);
  return (host?.childIds ?? []).flatMap((child) => linesOf(child, undefined)).join('\n');
}

function lineOf({ role, value, properties = [] }: AXNode, name: string): string {
  const told = properties
    .filter(({ name, value }) => name in SILENT && value.value !== SILENT[name])
    .map(({ name, value }) => ([true, 1].includes(value.value as true) ? name : `${name}=${value.value}`));
  const text = name && (role?.value === 'StaticText' ? name : `"${name}"`);
  const own = value?.value === undefined ? '' : `= ${value.value}`;
  return [role?.value === 'StaticText' ? 'text' : role?.value, text, own, ...told].filter(Boolean).join(' ');
}
