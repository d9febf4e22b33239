import { equal, ok } from '../../expect.js';
import { fixtureOf, markup, mechanicForm, soon, watchRequests } from '../../fixture.js';
import { room } from '../../scenario.js';
import {
  arrivals,
  arrived,
  eventOf,
  fileUrl,
  loadScript,
  openFrame,
  publish,
  put,
  until,
  webhook,
  webhookUrl,
} from '../../tools.js';

const scenario = room('<mechanic-form>: living in a page');

const record = (run, total) => ({ uuid: run.id, status: 'done', value: { total } });

scenario('a form that is moved while it waits goes on waiting', async () => {
  const it = mechanicForm();
  it.send();
  const { run } = it.host;
  put('<section></section>').append(it.host);
  await publish('file', run, record(run, 1));
  await it.reaches('done');
  equal([it.shown, it.host.run.id, it.details('result').length], ['1', run.id, 1]);
});

scenario('a form that is taken out stops asking, and put back it goes on', async () => {
  const it = mechanicForm();
  it.send();
  const { run } = it.host;
  await run.accepted;
  it.host.remove();
  const looks = watchRequests(run.id);
  // As long as another run takes, and with every wait awake.
  const other = webhook('echoToFile', {}).submit({});
  await soon(async () => (await arrivals(other)).length > 0);
  looks.stop();
  equal(looks.count, 0, 'the number of looks');
  put('<section></section>').append(it.host);
  await publish('file', run, record(run, 2));
  await it.reaches('done');
  equal(it.shown, '2');
  equal((await arrived(run)).length, 1, 'the number of arrivals');
});

scenario('what was there before the script is taken up when it comes, with its properties', async () => {
  const { window } = await openFrame('bare');
  window.document.body.innerHTML = markup({ 'stored-file': null });
  const host = window.document.querySelector('mechanic-form');
  host.result = async ({ id }) => ({ state: 'done', value: { total: id } });
  equal(host.getAttribute('state'), null);
  await loadScript(window.document);
  equal(host.getAttribute('state'), 'idle');
  const it = fixtureOf(host);
  it.send();
  await until(() => host.getAttribute('state') === 'done');
  equal(it.shown, host.run.id);
});

scenario('two forms on a page are strangers to each other', async () => {
  const [one, two] = [mechanicForm(), mechanicForm()];
  one.send();
  equal([two.host.getAttribute('state'), two.host.run], ['idle', null]);
  two.send();
  await publish('file', two.host.run, record(two.host.run, 'two'));
  await two.reaches('done');
  equal([one.host.getAttribute('state'), two.shown], ['pending', 'two']);
  await publish('file', one.host.run, record(one.host.run, 'one'));
  await one.reaches('done');
  equal([one.shown, two.shown], ['one', 'two']);
});

scenario('a form within a form element of ours minds its own parts', async () => {
  const inner = markup({ form: '<form id="inner"><button>Send</button></form>' });
  const it = mechanicForm({ form: '', regions: `<p data-mechanic="pending" hidden>outer</p>${inner}` });
  const other = fixtureOf(it.find('mechanic-form'));
  other.send();
  equal([it.host.getAttribute('state'), other.host.getAttribute('state')], ['idle', 'pending']);
  ok(it.host.querySelector('p').hidden, 'the outer region stays hidden');
});

scenario('a second copy of the script changes nothing for the element', async () => {
  const it = mechanicForm();
  it.send();
  await loadScript(document);
  const late = mechanicForm();
  late.send();
  for (const { host } of [it, late]) await publish('file', host.run, record(host.run, 3));
  await it.reaches('done');
  await late.reaches('done');
  equal([it.shown, late.shown], ['3', '3']);
});

/** Submits in a document with `resume`, and opens the next one in its place. */
async function nextPage(prepare = () => {}) {
  const { frame, window } = await openFrame();
  const html = markup({ resume: 'next' });
  window.document.body.innerHTML = html;
  const first = window.document.querySelector('mechanic-form');
  first.querySelector('button').click();
  const { run } = first;
  await run.accepted;
  const { id } = run;
  const loaded = eventOf(frame, 'load');
  window.location.reload();
  await loaded;
  prepare(frame.contentWindow);
  frame.contentWindow.document.body.innerHTML = html;
  return { id, host: frame.contentWindow.document.querySelector('mechanic-form') };
}

scenario('with resume, the next page goes on waiting, and nothing is sent again', async () => {
  const { id, host } = await nextPage();
  equal([host.getAttribute('state'), host.run?.id], ['pending', id]);
  await publish('file', { id }, record({ id }, 'again'));
  await until(() => host.getAttribute('state') === 'done');
  equal(fixtureOf(host).shown, 'again');
  equal((await arrived({ id })).length, 1, 'the number of arrivals');
  const clone = host.cloneNode(true);
  host.replaceWith(clone);
  equal(clone.getAttribute('state'), 'idle');
});

scenario('the theme editor resumes nothing', async () => {
  const { host } = await nextPage((window) => {
    window.Shopify = { designMode: true };
  });
  equal([host.getAttribute('state'), host.run], ['idle', null]);
  sessionStorage.clear();
});

scenario('in mirror mode a copy is sent, without the password, and the form goes its own way', async () => {
  const frame = put('<iframe name="native"></iframe>');
  const form = `<form action="/pages/native" target="native"><input name="email" value="a@shop.example">
    <input type="password" name="customer[password]" value="secret"><button>Send</button></form>`;
  const it = mechanicForm({ form, mode: 'mirror', 'stored-file': null });
  const loaded = eventOf(frame, 'load');
  it.send();
  const { run } = it.host;
  await it.reaches('done');
  equal(await arrived(run), [{ email: 'a@shop.example', uuid: run.id }]);
  await loaded;
  await until(() => frame.contentWindow.location.pathname === '/pages/native');
  equal(new URLSearchParams(frame.contentWindow.location.search).get('customer[password]'), 'secret');
});

scenario('the first touch connects to Mechanic ahead, once', async () => {
  const links = () => [
    ...document.querySelectorAll(`link[rel=preconnect][href="${new URL(fileUrl).origin}"]`),
  ];
  for (const link of links()) link.remove();
  const it = mechanicForm();
  equal(links().length, 0);
  it.button.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  equal(
    links().map(({ crossOrigin }) => crossOrigin),
    ['anonymous'],
  );
  it.button.dispatchEvent(new FocusEvent('focusin', { bubbles: true }));
  mechanicForm().button.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  equal(links().length, 1);
  equal(webhookUrl('silent').startsWith(links()[0].href.slice(0, -1)), true);
});
