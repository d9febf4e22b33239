/** The name in the event data by which a task knows a probe; its value is `true`. */
export const mark = 'mechanic_storefront_check';
