import { equal, ok } from '../../expect.js';
import { fixtureOf, mechanicForm, soon, watchRequests } from '../../fixture.js';
import { room } from '../../scenario.js';
import { arrived, fileUrl, publish, put, webhookUrl } from '../../tools.js';

const scenario = room('<mechanic-form>: submitting');

const done = (run, value) => ({ uuid: run.id, status: 'done', value });

scenario('a form is submitted and its result shown, without a line of script', async () => {
  const it = mechanicForm();
  equal([it.host.getAttribute('state'), it.shown], ['idle', '']);
  it.send();
  equal([it.host.getAttribute('state'), it.shown], ['pending', 'Hold on']);
  await publish('file', it.host.run, done(it.host.run, { total: '99 €' }));
  await it.reaches('done');
  equal(it.shown, '99 €');
  equal(await arrived(it.host.run), [{ n: '1', action: 'save', uuid: it.host.run.id }]);
});

scenario('the browser validates first, and what is invalid is not sent', async () => {
  const it = mechanicForm();
  it.find('input').value = '';
  it.send();
  equal([it.host.run, it.heard.length, it.host.getAttribute('state')], [null, 0, 'idle']);
  it.find('input').value = '2';
  it.send();
  ok(it.host.run, 'what is valid is sent');
});

scenario('a submission that a listener has prevented is left alone', async () => {
  const it = mechanicForm();
  it.form.addEventListener('submit', (event) => event.preventDefault());
  it.send();
  equal([it.host.run, it.heard.length], [null, 0]);
});

scenario('a form that is submitted twice is sent once', async () => {
  const posts = watchRequests(webhookUrl('silent'));
  const it = mechanicForm();
  it.send();
  const { run } = it.host;
  it.send();
  it.form.requestSubmit();
  equal(it.host.submit(), null, 'a third try');
  ok(it.host.run === run, 'it is the same run');
  await publish('file', run, done(run, {}));
  await it.reaches('done');
  posts.stop();
  equal(posts.count, 1, 'the number of submissions');
  equal((await arrived(run)).length, 1, 'the number of arrivals');
});

scenario('a busy form says so, keeps the focus, and is put back exactly as it was', async () => {
  const form = `<form aria-busy="false"><button id="a" aria-disabled="false">A</button>
    <button id="b">B</button> <input type="submit" aria-disabled="true"> <button type="button">C</button></form>`;
  const it = mechanicForm({ form });
  const attributes = () =>
    [it.form, ...it.form.elements].map((element) => [
      element.getAttribute('aria-busy'),
      element.getAttribute('aria-disabled'),
      element.hasAttribute('disabled'),
    ]);
  const before = attributes();
  it.button.focus();
  it.send();
  equal(attributes(), [
    ['true', null, false],
    [null, 'true', false],
    [null, 'true', false],
    [null, 'true', false],
    [null, null, false],
  ]);
  ok(document.activeElement === it.button, 'the button keeps the focus');
  await publish('file', it.host.run, done(it.host.run, {}));
  await it.reaches('done');
  equal(attributes(), before);
});

scenario("the submitter's value is sent, and told", async () => {
  const form = `<form><button name="action" value="save">S</button>
    <button name="action" value="delete">D</button></form>`;
  const it = mechanicForm({ form });
  const last = [...it.form.elements][1];
  last.click();
  ok(it.details('submit')[0].submitter === last, 'the event names the button');
  const [data] = await arrived(it.host.run);
  equal(data.action, 'delete');
});

scenario('a form goes form-encoded, with a file as multipart, and as JSON where it says so', async () => {
  const form = '<form><input name="a" value="1"><input type="file" name="photo"><button>Send</button></form>';
  const regions = '<p data-mechanic="done" data-mechanic-text="mime_type" hidden></p>';
  const typeOf = async (it) => {
    it.send();
    await it.reaches('done');
    return it.shown;
  };
  const it = mechanicForm({ webhook: 'request', form, regions });
  equal(await typeOf(it), 'application/x-www-form-urlencoded');
  const chosen = new DataTransfer();
  chosen.items.add(new File(['x'], 'x.txt'));
  it.find('[type=file]').files = chosen.files;
  equal(await typeOf(it), 'multipart/form-data');
  const plain = '<form><input name="a" value="1"><button>Send</button></form>';
  equal(
    await typeOf(mechanicForm({ webhook: 'request', form: plain, regions, encoding: 'json' })),
    'application/json',
  );
});

scenario('mechanic:submit can stop a submission, amend it, and put other data in its place', async () => {
  const it = mechanicForm({ webhook: 'echoToFile', encoding: 'json', 'id-field': 'reference' });
  it.host.addEventListener('mechanic:submit', (event) => event.preventDefault(), { once: true });
  it.send();
  equal([it.host.run, it.host.getAttribute('state')], [null, 'idle']);

  it.host.addEventListener('mechanic:submit', ({ detail }) => detail.data.set('more', '2'), { once: true });
  it.send();
  await it.reaches('done');
  const { reference, ...value } = it.details('result')[0].value;
  equal([value, reference], [{ n: '1', action: 'save', more: '2' }, it.host.run.id]);

  const replace = ({ detail }) => {
    detail.data = { lines: [1, { deep: true }] };
  };
  it.host.addEventListener('mechanic:submit', replace, { once: true });
  it.send();
  await soon(() => it.details('result').length === 2);
  equal(it.details('result')[1].value.lines, [1, { deep: true }]);
});

scenario('the events come in order, bubble, are composed, and carry one UUID', async () => {
  const wrapper = put('<div></div>');
  const shadow = wrapper.attachShadow({ mode: 'open' });
  const inner = mechanicForm();
  shadow.append(inner.host);
  const heard = [];
  const names = ['submit', 'accepted', 'progress', 'result', 'error'].map((name) => `mechanic:${name}`);
  const listen = (event) => heard.push(event);
  for (const name of names) document.addEventListener(name, listen);
  inner.send();
  const { run } = inner.host;
  await publish('file', run, { uuid: run.id, status: 'working', progress: 0.5, message: 'Half' });
  await soon(() => inner.details('progress').some(({ progress }) => progress === 0.5));
  await publish('file', run, done(run, { total: 1 }));
  await inner.reaches('done');
  for (const name of names) document.removeEventListener(name, listen);
  const types = heard.map(({ type }) => type.replace('mechanic:', ''));
  const first = types.filter((type, at) => types.indexOf(type) === at);
  ok(types[0] === 'submit' && types.at(-1) === 'result', `first and last: ${types}`);
  equal(first.sort(), ['accepted', 'progress', 'result', 'submit']);
  equal(heard.find(({ type }) => type === 'mechanic:accepted').detail.id, run.id);
  equal(heard.at(-1).detail, { id: run.id, value: { total: 1 } });
  const cancelable = heard.filter((event) => event.cancelable).map(({ type }) => type);
  equal(cancelable, ['mechanic:submit']);
});

scenario('without a place for the result it is done once Mechanic has taken it', async () => {
  const it = mechanicForm({ 'stored-file': null });
  it.send();
  await it.reaches('done');
  equal((await arrived(it.host.run)).length, 1);
});

scenario('submit() validates and returns the run, or submits other data', async () => {
  const it = mechanicForm({ webhook: 'echoToFile' });
  it.find('input').value = '';
  equal(it.host.submit(), null);
  it.find('input').value = '3';
  const run = it.host.submit();
  ok(run === it.host.run, 'it is the latest run');
  equal((await run.result()).n, '3');
  await it.reaches('done');
  equal((await it.host.submit({ own: [1] }).result()).own, [1]);
});

scenario('a webhook and a place for results can be properties', async () => {
  const host = put('<mechanic-form><form><button>Send</button></form></mechanic-form>');
  const it = fixtureOf(host);
  host.setAttribute('webhook', webhookUrl('echoToFile'));
  host.result = async ({ id, fetch }) => {
    const response = await fetch(fileUrl.replace('{id}', id));
    return response.ok ? { state: 'done', value: (await response.json()).uuid } : { state: 'pending' };
  };
  it.send();
  await it.reaches('done');
  equal(it.details('result')[0], { id: host.run.id, value: host.run.id });
});
