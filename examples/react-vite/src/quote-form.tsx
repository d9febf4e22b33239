import { useWebhook } from 'mechanic-storefront/react';
import { type FormEvent, useEffect, useRef } from 'react';
import { Outcome } from './outcome.tsx';
import { quotes, type Shelf } from './quotes.ts';

const buttons = {
  idle: 'Get my quote',
  pending: 'Asking the workshop…',
  done: 'Get another quote',
  failed: 'Try again',
};

export function QuoteForm() {
  const { submit, run, ...state } = useWebhook(quotes);
  const { status, error } = state;
  const isPending = status === 'pending';
  const lastSent = useRef('');

  // A shopper gets other words: see words.ts.
  useEffect(() => {
    if (error) console.error(error);
  }, [error]);

  function ask(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const shelf = readShelf(event.currentTarget);
    const sent = JSON.stringify(shelf);
    // Unless the task itself refused it, it may have arrived, or arrive yet. Under its own UUID it stays one request.
    const isSameRequest = error && error.code !== 'task_failed' && sent === lastSent.current;
    lastSent.current = sent;
    submit({ shelf }, isSameRequest && run ? { id: run.id } : {});
  }

  return (
    <form className="card" onSubmit={ask} aria-busy={isPending}>
      <fieldset className="woods">
        <legend>Wood</legend>
        {['Oak', 'Ash', 'Pine'].map((wood, index) => (
          <label key={wood}>
            <input type="radio" name="wood" value={wood.toLowerCase()} defaultChecked={index === 0} />
            {wood}
          </label>
        ))}
      </fieldset>
      <div className="sizes">
        <NumberField label="Width, cm" name="widthCm" value={80} min={20} max={300} />
        <NumberField label="Depth, cm" name="depthCm" value={25} min={15} max={60} />
        <NumberField label="Pieces" name="pieces" value={2} min={1} max={20} />
      </div>
      {/* Not `disabled`, which would take the focus away. While one request is pending, `submit` sends no other. */}
      <button type="submit" aria-disabled={isPending}>
        {buttons[status]}
      </button>
      <Outcome {...state} />
    </form>
  );
}

interface NumberFieldProps {
  label: string;
  name: keyof Shelf;
  value: number;
  min: number;
  max: number;
}

function NumberField({ label, value, ...rest }: NumberFieldProps) {
  return (
    <label>
      {label}
      <input type="number" inputMode="numeric" defaultValue={value} required {...rest} />
    </label>
  );
}

/** As numbers, since JSON keeps types: the task calculates with them. */
function readShelf(form: HTMLFormElement): Shelf {
  const data = new FormData(form);
  return {
    wood: data.get('wood') as Shelf['wood'],
    widthCm: Number(data.get('widthCm')),
    depthCm: Number(data.get('depthCm')),
    pieces: Number(data.get('pieces')),
  };
}
