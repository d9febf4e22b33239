import { equal, ok } from '../../expect.js';
import { mechanicForm, soon } from '../../fixture.js';
import { room } from '../../scenario.js';
import { faults, publish, signOut } from '../../tools.js';

const scenario = room('<mechanic-form>: showing');

const hostile = '<img src=x onerror="window.hit=1"><script>window.hit=2</script>';

/** A form whose result is this value, shown in these regions. */
async function shows(value, regions) {
  const it = mechanicForm({ regions });
  it.send();
  await publish('file', it.host.run, { uuid: it.host.run.id, status: 'done', value });
  await it.reaches('done');
  return it;
}

/** A form whose task failed like this. */
async function failed(error, options) {
  const it = mechanicForm(options);
  it.send();
  await publish('file', it.host.run, { uuid: it.host.run.id, status: 'failed', error });
  await it.reaches('failed');
  return it;
}

const texts = (it, selector) => [...it.host.querySelectorAll(selector)].map(({ textContent }) => textContent);

scenario('texts are found by path, and what is not there is empty', async () => {
  const paths = [
    'order.total',
    'order.lines.1.sku',
    'zero',
    'no',
    'order',
    'order.lines',
    'gone.deep',
    'constructor',
  ];
  const regions = paths.map((path) => `<i data-mechanic-text="${path}">before</i>`).join('');
  const value = { order: { total: 5, lines: [{ sku: 'a' }, { sku: 'b' }] }, zero: 0, no: false };
  const it = await shows(value, regions);
  equal(texts(it, 'i'), ['5', 'b', '0', 'false', '', '', '', '']);
  equal(texts(await shows('just words', '<i data-mechanic-text=""></i>'), 'i'), ['just words']);
});

scenario('nothing from a result becomes HTML, or leads where a link may not', async () => {
  const regions = `<b data-mechanic-text="html"></b>
    <a data-mechanic-href="script">1</a> <a data-mechanic-href="data">2</a> <a data-mechanic-href="blank">3</a>
    <a data-mechanic-href="tab">4</a> <a data-mechanic-href="__proto__">5</a>
    <a data-mechanic-href="web">6</a> <a data-mechanic-href="mail">7</a> <a data-mechanic-href="relative">8</a>
    <template data-mechanic-each="list"><li data-mechanic-text=""></li></template>`;
  const value = {
    html: hostile,
    script: 'javascript:window.hit=3',
    data: 'data:text/html,<script>1</script>',
    tab: ' java\nscript:window.hit=4',
    web: 'https://shop.example/?a=1&b="2"',
    mail: 'mailto:a@shop.example',
    relative: '/orders/1',
    list: [hostile],
  };
  const it = await shows(value, regions);
  equal(texts(it, 'b, li'), [hostile, hostile]);
  equal(
    [...it.host.querySelectorAll('a')].map((link) => link.getAttribute('href')),
    [
      null,
      null,
      null,
      null,
      null,
      new URL(value.web).href,
      'mailto:a@shop.example',
      `${location.origin}/orders/1`,
    ],
  );
  equal(it.host.querySelectorAll('img, script').length, 0, 'the elements out of the result');
  ok(!('hit' in window), 'nothing ran');
});

scenario(
  'a template is repeated for each item, lists within lists too, and anew for each result',
  async () => {
    const regions = `<ul><template data-mechanic-each="orders"><li><b data-mechanic-text="name"></b>
    <template data-mechanic-each="lines"><i data-mechanic-text=""></i></template></li></template></ul>`;
    const value = { orders: [{ name: 'A', lines: [1, 2] }, { name: 'B', lines: [] }, { name: 'C' }] };
    const it = await shows(value, regions);
    equal(
      [texts(it, 'b'), texts(it, 'i')],
      [
        ['A', 'B', 'C'],
        ['1', '2'],
      ],
    );
    it.send();
    equal(texts(it, 'li'), [], 'the old result while a new one is waited for');
    await publish('file', it.host.run, {
      uuid: it.host.run.id,
      status: 'done',
      value: { orders: [{ name: 'D' }] },
    });
    await it.reaches('done');
    equal(texts(it, 'b'), ['D']);
  },
);

scenario("progress and the task's words are shown, and the page's own while there are none", async () => {
  const it = mechanicForm();
  it.send();
  equal([it.shown, it.find('progress').hasAttribute('value')], ['Hold on', false]);
  const { run } = it.host;
  await publish('file', run, { uuid: run.id, status: 'working', progress: 0.25, message: hostile });
  await soon(() => it.find('progress').value === 0.25);
  equal(it.shown, hostile);
});

scenario('regions are live: a status, or an alert when it failed, but not within one that is', async () => {
  const regions = `<p data-mechanic="pending done" hidden></p> <p data-mechanic="failed" hidden></p>
    <div role="status"><p data-mechanic="done" hidden></p></div> <p data-mechanic="failed" role="note" hidden></p>`;
  const it = mechanicForm({ regions });
  const roles = () =>
    [...it.host.querySelectorAll('[data-mechanic]')].map((part) => part.getAttribute('role'));
  const [first, second, third] = roles();
  equal([first, second, third], ['status', 'alert', null]);
  it.send();
  await publish('file', it.host.run, { uuid: it.host.run.id, status: 'failed', error: 'x' });
  await it.reaches('failed');
  equal(
    [...it.host.querySelectorAll('[data-mechanic]')].map(({ hidden }) => hidden),
    [true, false, true, false],
  );
});

scenario("a shopper is told the task's words, the page's own, or the usual ones", async () => {
  equal((await failed({ message: 'The cart is empty.' })).shown, 'The cart is empty. Again');
  const own = { 'message-task-failed': 'Please call us.' };
  equal((await failed({ message: 'x' }, own)).shown, 'Please call us. Again');
  const regions = `<div data-mechanic="failed"><i data-mechanic-message></i>
    <p data-mechanic-message-for="timeout sold_out" hidden>It is <a href="/next">sold out</a>.</p></div>`;
  const it = await failed({ code: 'sold_out', message: 'Nothing left' }, { regions });
  equal([it.shown, it.find('[data-mechanic-message-for]').hidden], ['It is sold out.', false]);
  equal(it.details('error')[0].message, 'It is sold out.');
});

scenario('a signed-out visitor is asked to sign in', async () => {
  await signOut();
  const place = { 'stored-file': null, 'metafield-section': 'mechanic-result' };
  const it = mechanicForm({ ...place, 'message-not-signed-in': 'Sign in, please.' });
  it.send();
  await it.reaches('failed');
  equal([it.shown, it.details('error')[0].error.code], ['Sign in, please. Again', 'not_signed_in']);
});

scenario("a shopper never reads the browser's words", async () => {
  await faults({ drop: 1 });
  const it = mechanicForm({ 'stored-file': null });
  it.send();
  await it.reaches('failed');
  const [{ error, message }] = it.details('error');
  equal(error.code, 'network');
  equal(message, 'We cannot reach the shop at the moment. Please check your connection and try again.');
  equal(it.shown, `${message} Again`);
});

scenario('a mistake in the attributes is told as one, and nothing is sent', async () => {
  const it = mechanicForm({ webhook: 'unknown' });
  it.send();
  await it.reaches('failed');
  const [{ error, message }] = it.details('error');
  equal([error.code, it.host.run], ['configuration', null]);
  equal(message, 'Something went wrong on our side. Please try again later.');
});

scenario('reset empties the form once the result is there', async () => {
  for (const [reset, expected] of [
    [null, 'typed'],
    ['', '1'],
  ]) {
    const it = mechanicForm({ webhook: 'echoToFile', reset });
    it.find('input').value = 'typed';
    it.send();
    equal(it.find('input').value, 'typed');
    await it.reaches('done');
    equal(it.find('input').value, expected);
  }
});
