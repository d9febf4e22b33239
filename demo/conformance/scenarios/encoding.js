import { equal, ok } from '../expect.js';
import { room } from '../scenario.js';
import { byFile, cacheUrl, sdk, webhook } from '../tools.js';

const scenario = room('Encoding');

const words = 'Ünïcode 😀 <b>&amp;</b> "quoted" a=b&c=d+%20\r\nline';

/** What the task gets of some data, but for the UUID. */
async function received(data, options) {
  const { uuid: _, ...rest } = await webhook('echoToFile', { result: byFile(), ...options }).run(data);
  return rest;
}

/** The request that some data make, as Mechanic's mode "Full request" tells of it. */
const requestOf = (data, options) => webhook('request', { result: byFile(), ...options }).run(data);

const bytesOf = (base64) => [...atob(base64)].map((character) => character.charCodeAt(0));

scenario('JSON keeps types, nesting, empty lists and every character', async () => {
  const data = {
    words,
    number: -1.5e-7,
    big: 2 ** 53 - 1,
    flags: [true, false, null],
    lines: [
      { sku: 'assam', tags: [] },
      { sku: 'sencha', more: {} },
    ],
    'key[with] brackets': '',
  };
  equal(await received(data), data);
  equal((await requestOf(data)).mime_type, 'application/json');
});

scenario('a form nests as Rack reads it, and leaves null and undefined out', async () => {
  const data = {
    cart: { lines: ['a', 'b'], note: words, deep: { er: 1 } },
    flag: true,
    none: null,
    gone: undefined,
  };
  equal(await received(data, { encoding: 'form' }), {
    cart: { lines: ['a', 'b'], note: words, deep: { er: '1' } },
    flag: 'true',
  });
});

scenario('multipart carries a file byte for byte, with its name and type', async () => {
  const bytes = Uint8Array.from({ length: 512 }, (_, n) => n % 256);
  const photo = new File([bytes], 'Größe "1".png', { type: 'image/png' });
  const { note, photo: file } = await received({ note: words, photo }, { encoding: 'multipart' });
  equal(note, words);
  equal([file.name, file.mime_type, file.size], ['Größe "1".png', 'image/png', 512]);
  equal(bytesOf(file.content_base64), [...bytes]);
});

scenario('a large file arrives whole', async () => {
  const bytes = new Uint8Array(700_000).map((_, n) => (n * 7919) % 251);
  const data = new FormData();
  data.set('file', new File([bytes], 'large.bin'));
  const { file } = await received(data);
  equal(file.size, bytes.length);
  ok(
    bytesOf(file.content_base64).every((byte, n) => byte === bytes[n]),
    'every byte is the same',
  );
});

scenario('text carries an object as JSON, under text/plain', async () => {
  const data = { words, n: 1 };
  const { mime_type: type, body } = await requestOf(data, { encoding: 'text' });
  equal(type, 'text/plain');
  const { uuid: _, ...rest } = JSON.parse(body);
  equal(rest, data);
});

scenario('a text without a UUID is answered by what changes in the cache', async () => {
  const result = sdk.cacheEndpoint(cacheUrl('latest'), { match: 'changed' });
  const text = `${words} ${performance.now()}`;
  equal(await webhook('anonymous', { result }).run(text), { received: text });
  equal(await webhook('anonymous', { result }).run(`${text} again`), { received: `${text} again` });
});

scenario('URLSearchParams and FormData go as forms', async () => {
  equal(await received(new URLSearchParams({ 'a[b]': words })), { a: { b: words } });
  const data = new FormData();
  data.append('list[]', '1');
  data.append('list[]', '2');
  equal(await received(data), { list: ['1', '2'] });
  equal((await requestOf(data)).mime_type, 'application/x-www-form-urlencoded');
  equal((await requestOf(data, { encoding: 'multipart' })).mime_type, 'multipart/form-data');
});
