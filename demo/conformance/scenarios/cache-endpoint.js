import { equal, ok } from '../expect.js';
import { room } from '../scenario.js';
import { byCache, publish, until, watchedFetch, webhook } from '../tools.js';

const scenario = room('Cache endpoint');

scenario('the value comes back, by a cache endpoint on another origin', async () => {
  const { n } = await webhook('echoToCache', { result: byCache() }).run({ n: 5 });
  equal(n, 5);
});

scenario('two runs at once each get their own from the map', async () => {
  const echo = webhook('echoToCache', { result: byCache() });
  const values = await Promise.all([echo.run({ n: 1 }), echo.run({ n: 2 })]);
  equal(
    values.map(({ n }) => n),
    [1, 2],
  );
});

scenario('ten runs that wait never have two requests under way', async () => {
  const watched = watchedFetch();
  let most = 0;
  const fetch = (url, init) => {
    const answer = watched.fetch(url, init);
    most = Math.max(most, watched.looks.filter(({ isOver }) => !isOver).length);
    return answer;
  };
  const silent = webhook('silent', { result: byCache(), fetch });
  const runs = Array.from({ length: 10 }, () => silent.submit({}));
  const results = runs.map((run) => run.result());
  await until(() => watched.looks.length > 3);
  for (const run of runs) await publish('cache', run, { uuid: run.id, status: 'done', value: run.id });
  equal(
    await Promise.all(results),
    runs.map(({ id }) => id),
  );
  equal(most, 1, 'the most requests at a time');
});

scenario('what a shopper types stays text on its way back', async () => {
  const hostile = `<img src=x onerror="window.hit=1">{{ shop }}</script>__proto__ javascript:alert(1)`;
  const { note } = await webhook('echoToCache', { result: byCache() }).run({ note: hostile });
  equal(note, hostile);
  ok(!('hit' in window), 'nothing ran');
});

scenario("another run's result is none of this one's", async () => {
  const silent = webhook('silent', { result: byCache() });
  const [mine, other] = [silent.submit({}), silent.submit({})];
  const result = mine.result();
  await publish('cache', other, { uuid: other.id, status: 'done', value: 'other' });
  equal(await other.result(), 'other');
  await publish('cache', mine, { uuid: mine.id, status: 'done', value: 'mine' });
  equal(await result, 'mine');
});
