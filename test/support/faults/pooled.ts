import type { Engine, EnginePage } from '../engines.ts';

/** The engine, whose pages are used again: to open a tab takes longer than most rows. Each row has an origin of its own. */
export function pooled(engine: Engine): Engine {
  const free: EnginePage[] = [];
  return {
    async open(url) {
      const known = free.pop();
      await known?.goto(url);
      const page = known ?? (await engine.open(url));
      return { ...page, close: async () => void free.push(page) };
    },
    close: () => engine.close(),
  };
}
