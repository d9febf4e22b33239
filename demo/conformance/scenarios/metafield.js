import { equal, rejects, show } from '../expect.js';
import { room } from '../scenario.js';
import { byMetafield, publish, sdk, signIn, signOut, until, watchedFetch, webhook } from '../tools.js';

const scenario = room('Customer metafield');

scenario('a signed-in customer gets the value, through a section of the storefront', async () => {
  await signIn();
  const { note } = await webhook('echoToMetafield', { result: byMetafield() }).run({
    note: `"'<b>&amp;</b> 😀`,
  });
  equal(note, `"'<b>&amp;</b> 😀`);
});

scenario("yesterday's result is not shown", async () => {
  await signIn();
  await webhook('echoToMetafield', { result: byMetafield() }).run({ day: 'yesterday' });
  const watched = watchedFetch();
  const run = webhook('silent', { result: byMetafield(), fetch: watched.fetch }).submit({});
  const result = run.result();
  const shown = result.then((value) => {
    throw new Error(`the value is ${show(value)} before there is one`);
  });
  await Promise.race([until(() => watched.looks.filter(({ status }) => status === 200).length > 2), shown]);
  await publish('metafield', run, { uuid: run.id, status: 'done', value: 'today' });
  equal(await result, 'today');
});

scenario('a visitor who is signed out is told so at once', async () => {
  await signOut();
  const run = webhook('silent', { result: byMetafield() }).submit({});
  equal((await rejects(run.result(), 'not_signed_in')).id, run.id);
});

scenario('a section that is not in the theme is unavailable', async () => {
  const result = sdk.renderedMetafield({ section: 'not-there' });
  await rejects(webhook('silent', { result }).run({}), 'unavailable');
});
