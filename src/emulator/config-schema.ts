import { z } from 'zod';
import { optionsSchema } from './check-options.js';

const path = z.string().min(1);
const taskFile = z.looseObject({ name: z.string(), script: z.string() });

/** The JSON Schema of a config file: the options, as far as JSON can say them. */
export function configSchema(): object {
  const config = optionsSchema.extend({
    $schema: z.string().optional(),
    // Their check is a function, which JSON Schema cannot say: paths and globs, or the content of task files.
    tasks: z.union([path, z.array(z.union([path, taskFile]))]).optional(),
  });
  const schema = z.toJSONSchema(config, {
    io: 'input',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      // JSON Schema has no flag for "upper or lower case", which these patterns carry.
      if (jsonSchema.pattern) {
        jsonSchema.pattern = jsonSchema.pattern.replaceAll('a-f', 'a-fA-F').replaceAll('a-z', 'a-zA-Z');
      }
      // What is no JSON (a URL, a function) cannot stand in a config; `settings` says itself what it is.
      if (zodSchema._zod.def.type === 'custom' && jsonSchema.type === undefined) jsonSchema.not = {};
    },
  });
  return { title: 'A local Mechanic', ...schema };
}
