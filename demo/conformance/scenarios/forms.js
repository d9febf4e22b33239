import { equal } from '../expect.js';
import { room } from '../scenario.js';
import { byFile, openFrame, put, webhook } from '../tools.js';

const scenario = room('Forms');

async function received(data, submit) {
  const run = webhook('echoToFile', { result: byFile() }).submit(data, submit);
  const { uuid: _, ...rest } = await run.result();
  return rest;
}

scenario('a form gives what the browser itself would send of it, and no more', async () => {
  const form = put(`<form>
    <input name="name" value="Ann &amp; Bob">
    <textarea name="text">one
two</textarea>
    <input type="checkbox" name="tags[]" value="a" checked> <input type="checkbox" name="tags[]" value="b">
    <select name="sizes[]" multiple><option selected>S</option><option selected>L</option></select>
    <input type="radio" name="pick" value="1"> <input type="radio" name="pick" value="2" checked>
    <input name="off" value="no" disabled> <input value="nameless"> <input type="file" name="photo">
    <button name="action" value="save">Save</button>
  </form>`);
  equal(await received(form), {
    name: 'Ann & Bob',
    text: 'one\ntwo',
    tags: ['a'],
    sizes: ['S', 'L'],
    pick: '2',
  });
});

scenario("the submitter's value is part of the data", async () => {
  const form = put(`<form><input name="a" value="1"><button name="action" value="save">Save</button></form>`);
  const submitter = form.querySelector('button');
  equal(await received(form, { submitter }), { a: '1', action: 'save' });
});

scenario('a form in which a file was chosen goes as multipart', async () => {
  const form = put('<form><input name="a" value="1"><input type="file" name="photo"></form>');
  const chosen = new DataTransfer();
  chosen.items.add(new File(['not really a picture'], 'photo.png', { type: 'image/png' }));
  form.querySelector('[type=file]').files = chosen.files;
  const { a, photo } = await received(form);
  equal(
    [a, photo.name, photo.size, atob(photo.content_base64)],
    ['1', 'photo.png', 20, 'not really a picture'],
  );
});

scenario('fields that stand elsewhere, and a field called "elements", belong to the form', async () => {
  const [form] = put(`<div><form id="far"><input name="elements" value="1"></form>
    <input form="far" name="submit" value="2"></div>`).children;
  equal(await received(form), { elements: '1', submit: '2' });
});

scenario('data of another document are taken as data of this one', async () => {
  const { window } = await openFrame();
  const data = new window.FormData();
  data.set('a', '1');
  data.set('file', new window.File(['x'], 'x.txt'));
  const { a, file } = await received(data);
  equal([a, file.name], ['1', 'x.txt']);
  equal(await received(window.JSON.parse('{"a":[1,{"b":2}]}')), { a: [1, { b: 2 }] });
});
