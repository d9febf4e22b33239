const { createWebhook, storedFile } = MechanicStorefront;

const words = {
  task_failed: 'We do not deliver there, sorry.',
  timeout: 'We cannot say at the moment. Please try again in a few minutes.',
};

// An element of its own, as themes are made of them: it also works in a section that the theme editor renders anew.
class DeliveryCheck extends HTMLElement {
  connectedCallback() {
    const { webhook, file } = this.dataset;
    this.deliveries = createWebhook({ url: webhook, result: storedFile(file) });
    this.form = this.querySelector('form');
    this.form.onsubmit = (event) => {
      event.preventDefault();
      void this.ask();
    };
  }

  disconnectedCallback() {
    this.left?.abort();
  }

  async ask() {
    // The last question counts: who corrects a typo need not wait for the answer to it.
    this.left?.abort();
    this.left = new AbortController();
    const { signal } = this.left;
    this.say('One moment…');
    try {
      const { day, fee } = await this.deliveries.run(this.form, { signal });
      this.say(`Yes, on ${day}, for ${fee}.`);
    } catch (error) {
      if (signal.aborted) return;
      console.error(error);
      this.say(words[error.code] ?? 'Something went wrong. Please try again later.');
    }
  }

  say(text) {
    this.querySelector('[role=status]').textContent = text;
  }
}

customElements.define('delivery-check', DeliveryCheck);
