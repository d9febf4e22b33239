import { Liquid, type Template, toValueSync } from 'liquidjs';
import { silentBlock } from '../silent-block.js';
import { type Failure, failureOf } from './failure.js';
import type { Host } from './filters/filter.js';
import { registerFilters } from './filters/register.js';
import { operators } from './operators.js';
import { withPlainStrings } from './plain-strings.js';
import { SourceEmitter } from './source-emitter.js';
import { ActionTag } from './tags/action.js';
import { AssignTag } from './tags/assign.js';
import { MessageTag } from './tags/message.js';
import { TaskContext } from './task-context.js';

/** Tags for theme files, which tasks do not have. */
const themeTags = ['block', 'include', 'layout', 'render'];

/** What a template printed, up to its end or to what stopped it. */
export interface Rendered {
  output: SourceEmitter;
  failure?: Failure;
}

/** Renders a template of a task: its script, its subscriptions, an option. Nothing is remembered between them. */
export type TaskLiquid = (source: string, scope: object) => Rendered;

/** Makes a Liquid that has Mechanic's tags and filters. */
export function createTaskLiquid(host: Host): TaskLiquid {
  const liquid = new Liquid({ strictFilters: true, operators, locale: 'en-US' });
  registerFilters(liquid, host);
  for (const name of themeTags) delete liquid.tags[name];
  liquid.registerTag('assign', AssignTag);
  liquid.registerTag('action', ActionTag);
  liquid.registerTag('log', MessageTag);
  liquid.registerTag('error', MessageTag);
  liquid.registerTag('permissions', silentBlock('permissions'));
  rememberLines(liquid);
  return (source, scope) => {
    const output = new SourceEmitter();
    try {
      const templates = liquid.parse(withPlainStrings(source));
      const context = new TaskContext(scope, liquid.options, { sync: true }, { liquid });
      toValueSync(liquid.renderer.renderTemplates(templates, context, output));
      return { output };
    } catch (error) {
      return { output, failure: failureOf(error) };
    }
  };
}

/** Tells the emitter which line it is that prints. */
function rememberLines({ renderer }: Liquid): void {
  const render = renderer.renderTemplates.bind(renderer);
  const lines = new WeakMap<Template, number>();
  renderer.renderTemplates = function* (templates, context, emitter = new SourceEmitter()) {
    for (const template of templates) {
      if (emitter instanceof SourceEmitter) {
        const line = lines.get(template) ?? template.token.getPosition()[0] ?? 1;
        lines.set(template, line);
        emitter.line = line;
      }
      yield render([template], context, emitter);
      if (context.breakCalled || context.continueCalled) break;
    }
    return emitter.buffer;
  };
}
