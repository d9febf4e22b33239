import { describe, expect, test } from 'vitest';
import { createInstant, eventData, post, topic, webhookId } from './helpers.ts';

const json = 'application/json';
const form = 'application/x-www-form-urlencoded';

describe('mode Auto', () => {
  test('a JSON object is the data, types and all', async () => {
    const data = { a: 1, b: [true, null, { c: 'd' }], e: '' };
    expect(await eventData(JSON.stringify(data), { type: `${json}; charset=utf-8` })).toEqual(data);
  });

  test('an empty JSON object is an empty object', async () => {
    expect(await eventData('{}', { type: json })).toEqual({});
  });

  test('parameters of body and query are merged', async () => {
    expect(await eventData('{"a":1}', { type: json, query: '?b=2' })).toEqual({ a: 1, b: '2' });
    expect(await eventData('a=1', { type: form, query: '?b[c]=2' })).toEqual({ a: '1', b: { c: '2' } });
  });

  test('the body wins where both have a name, whole, not merged deeply', async () => {
    expect(await eventData('a[b]=1', { type: form, query: '?a[c]=2&d=3' })).toEqual({
      a: { b: '1' },
      d: '3',
    });
  });

  test('text is the data', async () => {
    expect(await eventData('hello\nthere', { type: 'text/plain' })).toBe('hello\nthere');
  });

  test('text is lost when the URL has a query', async () => {
    expect(await eventData('hello', { type: 'text/plain', query: '?a=1' })).toEqual({ a: '1' });
  });

  test.each(['application/xml', ''])('a body of type "%s" is text', async (type) => {
    expect(await eventData(new TextEncoder().encode('a=1'), { type })).toBe('a=1');
  });

  test.each([json, form, 'text/plain', 'multipart/form-data; boundary=x', ''])(
    'a blank body of type "%s" is null',
    async (type) => {
      expect(await eventData(null, { type })).toBeNull();
      expect(await eventData(' \r\n', { type })).toBeNull();
      expect(await eventData(' ', { type, query: '?a=1' })).toEqual({ a: '1' });
    },
  );

  test.each([
    ['broken JSON', '{"a":', json],
    ['a JSON array', '[1]', json],
    ['a JSON scalar', '"a"', json],
    ['JSON deeper than Ruby parses', `{"a":${'['.repeat(100)}${']'.repeat(100)}}`, json],
    ['bad percent-encoding', 'a=%', form],
    ['one name for two kinds of value', 'a=1&a[b]=2', form],
    ['a multipart body without its boundary', 'a', 'multipart/form-data; boundary=x'],
  ])('%s is unparseable: the query alone, else the body as text', async (_, body, type) => {
    expect(await eventData(body, { type })).toBe(body);
    expect(await eventData(body, { type, query: '?b=2' })).toEqual({ b: '2' });
  });

  test('JSON as deep as Ruby parses is data', async () => {
    const body = `{"a":${'['.repeat(99)}${']'.repeat(99)}}`;
    expect(await eventData(body, { type: json })).toEqual(JSON.parse(body));
  });

  test('JSON that is absurdly deep is text, not a crash', async () => {
    const body = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    expect(await eventData(body, { type: json })).toBe(body);
  });

  test('a query that Rack refuses counts as none', async () => {
    expect(await eventData('hello', { query: '?a=%zz', type: 'text/plain' })).toBe('hello');
  });

  test.each(['__proto__', 'constructor', 'toString'])('a field called %s is a field', async (name) => {
    const expected = JSON.parse(`{"${name}":{"${name}":"1"}}`);
    const bodies: [string, string][] = [
      [`${name}[${name}]=1`, form],
      [`{"${name}":{"${name}":"1"}}`, json],
    ];
    for (const [body, type] of bodies) {
      const data = await eventData(body, { type, query: '?x=1' });
      expect(JSON.parse(JSON.stringify(data))).toEqual({ x: '1', ...expected });
      expect(Object.hasOwn(data as object, name)).toBe(true);
      expect({}).not.toHaveProperty('1');
    }
  });

  test('multipart fields nest as form fields do', async () => {
    const body = new FormData();
    body.append('contact[name]', 'Ann');
    body.append('tags[]', 'a');
    body.append('tags[]', 'b');
    body.append('n', '1');
    body.append('n', '2');
    expect(await eventData(body)).toEqual({ contact: { name: 'Ann' }, tags: ['a', 'b'], n: '2' });
  });

  test('a file is its content, type, name and size', async () => {
    const body = new FormData();
    body.append('files[]', new File([Uint8Array.of(0, 255, 10)], 'ä".png', { type: 'image/png' }));
    body.append('files[]', new File([], 'empty.txt', { type: 'text/plain' }));
    expect(await eventData(body)).toEqual({
      files: [
        { content_base64: 'AP8K', mime_type: 'image/png', name: 'ä".png', size: 3 },
        { content_base64: '', mime_type: 'text/plain', name: 'empty.txt', size: 0 },
      ],
    });
  });

  test('a hash does not grow into a file that stands before it in a list', async () => {
    const body = new FormData();
    body.append('list[]', new File(['x'], 'x.txt', { type: 'text/plain' }));
    body.append('list[][a]', '1');
    const file = { content_base64: 'eA==', mime_type: 'text/plain', name: 'x.txt', size: 1 };
    expect(await eventData(body)).toEqual({ list: [file, { a: '1' }] });
  });

  test('a file field in which no file was chosen is left out', async () => {
    const body = [
      '--x',
      'content-disposition: form-data; name="photo"; filename=""',
      'content-type: application/octet-stream',
      '',
      '',
      '--x',
      'content-disposition: form-data; name="a"',
      '',
      '1',
      '--x--',
      '',
    ].join('\r\n');
    expect(await eventData(body, { type: 'multipart/form-data; boundary=x' })).toEqual({ a: '1' });
  });
});

describe('mode Full request', () => {
  test('the data describes the request', async () => {
    const mechanic = createInstant({ webhooks: [{ id: webhookId, topic, mode: 'full' }] });
    const request = post('{"é":1}', { query: '?a[b]=1&c', type: 'Application/JSON; charset=utf-8' });
    request.headers.append('x-list', 'one');
    request.headers.append('X-List', 'two');
    const response = await mechanic.fetch(request);
    expect(mechanic.events()[0]?.data).toEqual({
      body_base64: Buffer.from('{"é":1}').toString('base64'),
      body: '{"é":1}',
      client_ip: '127.0.0.1',
      headers: { 'content-type': ['Application/JSON; charset=utf-8'], 'x-list': ['one, two'] },
      mime_type: 'application/json',
      query_string: 'a[b]=1&c',
      query: { a: { b: '1' }, c: null },
      request_id: response.headers.get('x-request-id'),
      webhook_id: webhookId,
    });
  });

  test('an empty request without a type has an empty body and a null type', async () => {
    const data = await eventData(null, { mode: 'full' });
    expect(data).toMatchObject({ body: '', body_base64: '', mime_type: null, query_string: '', query: {} });
  });
});
