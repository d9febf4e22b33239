const find = (selector) => document.querySelector(selector);

/** Shows the scenarios and what becomes of them. Everything goes in as text. */
export function createTable(scenarios, only, runAgain) {
  const [summary, bar, again] = ['.summary', 'progress', '#again'].map(find);
  const table = find('table');
  table.querySelectorAll('tbody').forEach((body) => {
    body.remove();
  });
  find('[name=only]').value = only;
  find('.agent').textContent = navigator.userAgent;
  bar.max = scenarios.length;

  const bodies = new Map();
  const rows = scenarios.map(({ room, fact }) => {
    if (!bodies.has(room)) bodies.set(room, addRoom(table, room));
    const row = bodies.get(room).insertRow();
    row.dataset.outcome = 'waiting';
    const name = document.createElement('th');
    name.scope = 'row';
    name.append(fact);
    row.append(name);
    row.insertCell().className = 'outcome';
    row.insertCell().className = 'ms';
    return row;
  });

  const paint = (row, outcome) => {
    row.dataset.outcome = outcome;
    row.querySelector('.outcome').textContent = outcome;
  };

  return {
    running(index) {
      paint(rows[index], 'running');
      summary.textContent = `Running ${scenarios.length} scenarios…`;
    },
    done(index, { ms, error }) {
      const row = rows[index];
      paint(row, error === null ? 'passed' : 'failed');
      row.querySelector('.ms').textContent = ms;
      bar.value = index + 1;
      if (error === null) return;
      const words = document.createElement('p');
      words.className = 'error';
      words.textContent = error;
      row.cells[0].append(words);
    },
    finished(outcome, ms) {
      const { passed, failed } = outcome;
      const seconds = (ms / 1000).toFixed(1);
      const total = passed + failed;
      const words = failed ? `${failed} of ${total} scenarios failed` : `All ${total} scenarios passed`;
      summary.textContent = total ? `${words}, in ${seconds} s.` : 'No scenario has these words.';
      summary.dataset.outcome = failed || !total ? 'failed' : 'passed';
      document.title = `${failed || !total ? '✗' : '✓'} Conformance`;
      bar.hidden = true;
      again.removeAttribute('aria-disabled');
      again.addEventListener('click', runAgain);
      const data = document.createElement('script');
      data.type = 'application/json';
      data.id = 'outcome';
      data.textContent = JSON.stringify(outcome);
      document.body.append(data);
    },
  };
}

function addRoom(table, room) {
  const body = table.createTBody();
  const heading = document.createElement('th');
  heading.scope = 'rowgroup';
  heading.colSpan = 3;
  heading.textContent = room;
  body.insertRow().append(heading);
  return body;
}
