/** @type {{ room: string, fact: string, run: (tools: object) => Promise<void> }[]} */
export const scenarios = [];

/** Begins a room: what belongs together in the table. Returns what adds a scenario to it. */
export function room(name) {
  return (fact, run) => {
    scenarios.push({ room: name, fact, run });
  };
}
