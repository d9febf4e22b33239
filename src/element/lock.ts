/**
 * Marks forms as busy, and their submit buttons as not to be pressed. They are not disabled, since a disabled button
 * loses the focus. Returns what puts back each attribute as it was, once.
 */
export function lock(forms: readonly HTMLFormElement[]): () => void {
  const undo: (() => void)[] = [];
  const mark = (element: Element, name: string) => {
    const before = element.getAttribute(name);
    undo.push(() => (before === null ? element.removeAttribute(name) : element.setAttribute(name, before)));
    element.setAttribute(name, 'true');
  };
  for (const form of forms) {
    // Inside something busy a screen reader may keep still, also about the states of this form.
    if (!form.querySelector('[data-mechanic]')) mark(form, 'aria-busy');
    // `elements` is without images that submit.
    for (const control of [...form.elements, ...form.querySelectorAll('[type=image]')]) {
      if (/^(submit|image)$/.test((control as HTMLButtonElement).type)) mark(control, 'aria-disabled');
    }
  }
  return () => {
    for (const putBack of undo.splice(0)) putBack();
  };
}
