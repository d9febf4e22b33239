// The storefront's own script: plain, and with nothing but the script tag's global.
const { createWebhook, cacheEndpoint, storedFile, renderedMetafield } = MechanicStorefront;

const { mechanic, quotes, quotesEndpoint, vatNumbers, addresses, messages } = document.body.dataset;
const webhookUrl = (id) => `${mechanic}/webhook/${id}`;

const euros = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });
const price = (cents) => euros.format(cents / 100);

connect({
  card: 'quote',
  webhook: createWebhook({
    url: webhookUrl(quotes),
    result: cacheEndpoint(`${mechanic}/cache/${quotesEndpoint}`),
  }),
  dataOf: (form) => {
    const lines = [...new FormData(form)].map(([sku, quantity]) => ({ sku, quantity: Number(quantity) }));
    return { cart: { items: lines.filter(({ quantity }) => quantity > 0) } };
  },
  show: ({ goods, freight, total }) => ({
    Goods: price(goods),
    Freight: price(freight),
    Total: price(total),
  }),
});

connect({
  card: 'vat-number',
  webhook: createWebhook({
    url: webhookUrl(vatNumbers),
    result: storedFile(`${mechanic}/storage/vat/{id}.json`),
  }),
  show: ({ number, country }) => ({ 'Looks right': number, Country: country }),
});

connect({
  card: 'address',
  webhook: createWebhook({
    url: webhookUrl(addresses),
    result: renderedMetafield({ section: 'mechanic-result' }),
  }),
  show: ({ address }) => ({ Verified: address }),
});

connect({
  card: 'message',
  webhook: createWebhook({
    url: webhookUrl(messages),
    result: storedFile(`${mechanic}/storage/messages/{id}.json`),
  }),
  show: ({ message, photo }) => ({
    Subject: message.subject,
    Message: message.text,
    Photo: photo ? `${photo.name}, ${photo.mime_type}, ${photo.size} bytes` : 'none',
  }),
});

/** Lets a card's form submit to a webhook, and shows what becomes of it. */
function connect({ card, webhook, dataOf = (form) => form, show }) {
  const root = document.getElementById(card);
  const form = root.querySelector('form');
  const button = form.querySelector('button');
  let isBusy = false;

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    // A guard of our own: a button that is disabled loses the focus.
    if (isBusy) return;
    isBusy = true;
    button.setAttribute('aria-disabled', 'true');
    paint(root, { phase: 'sending' });
    try {
      const run = webhook.submit(dataOf(form), { submitter: event.submitter });
      for await (const update of run.updates()) {
        if (update.phase !== 'done' && update.phase !== 'failed') paint(root, update);
      }
      paint(root, { phase: 'done', result: show(await run.result()) });
    } catch (error) {
      console.info(error);
      paint(root, { phase: 'failed', message: wordsFor(error) });
    } finally {
      isBusy = false;
      button.removeAttribute('aria-disabled');
    }
  });
}

/** Shows one state of a run. What the task says goes in as text, never as HTML. */
function paint(root, { phase, progress, message, result }) {
  root.dataset.phase = phase;
  const words = {
    sending: 'Sending…',
    accepted: 'It has arrived. Waiting for an answer…',
    waiting: message ? `${message}…` : 'Waiting for an answer…',
    done: 'Here is the answer.',
    failed: message,
  }[phase];
  // Said again, a status is read out again.
  const line = root.querySelector('.words');
  if (line.textContent !== words) line.textContent = words;

  const bar = root.querySelector('.progress');
  bar.hidden = phase === 'done' || phase === 'failed';
  if (progress === undefined) bar.removeAttribute('value');
  else bar.value = progress;

  const list = root.querySelector('.result');
  list.hidden = !result;
  list.replaceChildren(
    ...Object.entries(result ?? {}).flatMap(([name, value]) => {
      const term = document.createElement('dt');
      const detail = document.createElement('dd');
      term.textContent = name;
      detail.textContent = value;
      return [term, detail];
    }),
  );
}

/** What a shopper is told; the error itself is for the console. */
function wordsFor({ code, observed }) {
  const words = {
    task_failed: observed?.taskMessage,
    not_signed_in: 'Please sign in first: the answer is kept with your account.',
    network: 'We cannot reach the shop at the moment. Are you online?',
    timeout: 'This takes longer than usual. Please try again later.',
    rate_limited: 'There is a rush at the moment. Please try again in a minute.',
  };
  return words[code] ?? 'Something went wrong on our side. Please try again later.';
}

const latency = document.getElementById('latency');
latency.addEventListener('change', async () => {
  await fetch(latency.action, { method: 'post', body: new URLSearchParams(new FormData(latency)) });
});
