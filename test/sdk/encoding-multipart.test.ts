import type { Data } from 'mechanic-storefront';
import { expect, test } from 'vitest';
import { id, wireOf } from '../support/mechanic.ts';

/** What a server reads from the body. */
async function read(data: Data) {
  const { init, contentType } = await wireOf(data, { encoding: 'multipart' }, { id });
  return new Response(init.body, { headers: { 'content-type': contentType } }).formData();
}

test('the body is one blob with parts as RFC 7578 spells them', async () => {
  const photo = new File(['pixels'], 'me.png', { type: 'image/png' });
  const { body, contentType, init } = await wireOf({ a: 'ü', photo }, { encoding: 'multipart' }, { id });
  const boundary = `mechanic-${id}`;
  expect(contentType).toBe(`multipart/form-data; boundary=${boundary}`);
  expect(init.body).toBeInstanceOf(Blob);
  expect(body).toBe(
    [
      `--${boundary}\r\ncontent-disposition: form-data; name="a"\r\n\r\nü\r\n`,
      `--${boundary}\r\ncontent-disposition: form-data; name="photo"; filename="me.png"\r\n`,
      'content-type: image/png\r\n\r\npixels\r\n',
      `--${boundary}\r\ncontent-disposition: form-data; name="uuid"\r\n\r\n${id}\r\n`,
      `--${boundary}--\r\n`,
    ].join(''),
  );
});

test('the same data makes the same bytes', async () => {
  const data = { a: [1, 2], file: new File(['x'], 'x') };
  const bodies = await Promise.all([1, 2].map(() => wireOf(data, { encoding: 'multipart' }, { id })));
  expect(bodies[0]?.body).toBe(bodies[1]?.body);
  expect(bodies[0]?.contentType).toBe(bodies[1]?.contentType);
});

test('an id in capitals makes a boundary that the content type keeps', async () => {
  const own = id.toUpperCase();
  const { init, contentType } = await wireOf({ a: 1 }, { encoding: 'multipart' }, { id: own });
  const form = await new Response(init.body, { headers: { 'content-type': contentType } }).formData();
  expect(Object.fromEntries(form)).toEqual({ a: '1', uuid: own });
});

test('a file keeps its bytes, name and type', async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  const form = await read({ a: 1, photo: new File([bytes], 'ü.png', { type: 'image/png' }) });
  const photo = form.get('photo') as File;
  expect(new Uint8Array(await photo.arrayBuffer())).toEqual(bytes);
  expect(photo).toMatchObject({ name: 'ü.png', type: 'image/png', size: 256 });
});

test('a file without a type is bytes, and a blob is a file named blob', async () => {
  const form = await read({ file: new File(['x'], 'x'), blob: new Blob(['y']) });
  expect((form.get('file') as File).type).toBe('application/octet-stream');
  expect(form.get('blob')).toMatchObject({ name: 'blob', size: 1 });
});

test('quotes and line ends in a file name are escaped as the HTML standard does', async () => {
  const file = new File(['x'], 'say "hi"\r\n.txt');
  const { body } = await wireOf({ file }, { encoding: 'multipart' }, { id });
  expect(body).toContain('filename="say %22hi%22%0D%0A.txt"\r\n');
  expect([...(await read({ file }))].map(([name]) => name)).toEqual(['file', 'uuid']);
});

test('files in lists and objects stand where they stood', async () => {
  const form = await read({
    gallery: [new File(['1'], '1'), new File(['2'], '2')],
    of: { me: new File(['3'], '3') },
  });
  expect([...form].map(([name, value]) => [name, (value as File).name ?? value])).toEqual([
    ['gallery[]', '1'],
    ['gallery[]', '2'],
    ['of[me]', '3'],
    ['uuid', id],
  ]);
});

test('a file that nobody chose is left out, and an empty one with a name is not', async () => {
  const data = new FormData();
  data.append('none', new File([], ''));
  data.append('empty', new File([], 'empty.txt'));
  const form = await read(data);
  expect([...form.keys()]).toEqual(['empty', 'uuid']);
  expect(form.get('empty')).toMatchObject({ name: 'empty.txt', size: 0 });
});

test('a file with content but without a name gets one, so that it is not taken for none', async () => {
  const data = new FormData();
  data.append('note', new File(['x'], ''));
  expect((await read(data)).get('note')).toMatchObject({ name: 'blob', size: 1 });
});

test('a text that looks like the end of a part stays text', async () => {
  const note = '\r\n--mechanic\r\ncontent-disposition: form-data; name="b"\r\n\r\nx';
  expect((await read({ note })).get('note')).toBe(note);
});
