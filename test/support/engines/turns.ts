export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** Does one thing after the other, whatever becomes of the one before. */
export function turns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
  };
}
