/** Short names for what a shopper can see, for the table. */
export const sights: { readonly [words: string]: string } = {
  'Working on it…': 'working',
  'Your price: 90': 'price',
  'Saved on this device. It will be sent as soon as there is a connection.': 'saved',
  'There is no connection. Please keep this page open: it will be sent as soon as there is one.': 'keep open',
  'We cannot reach the shop at the moment. Please check your connection and try again.': 'no connection',
  'This is taking longer than usual. Please try again later.': 'late',
  'There is a rush at the moment. Please try again in a minute.': 'rush',
  'Something went wrong on our side. Please try again later.': 'our side',
};

/** What was seen in one tab, by its names. */
export const sightsOf = (seen: readonly string[]) =>
  seen.map((words) => sights[words] ?? `“${words}”`).join(' → ') || 'the empty form';
