import { QuoteForm } from './quote-form.tsx';

export function App() {
  return (
    <main>
      <header>
        <p className="brand">Alder & Sons</p>
        <h1>A shelf to measure</h1>
        <p>Tell us its size, and the workshop says what it costs, while you wait.</p>
      </header>
      <QuoteForm />
    </main>
  );
}
