/**
 * Makes the copies for a form in mirror mode: of what is submitted natively, so without preventing anything, and
 * without passwords.
 */
export class Mirror {
  readonly #send: (copy: FormData, isRepeated: boolean) => void;
  /** The form whose submission somebody, like a captcha, holds up. */
  #heldUp: HTMLFormElement | undefined;
  #last = '';

  /** @param send takes each copy, and whether it says the same as the one before */
  constructor(send: (copy: FormData, isRepeated: boolean) => void) {
    this.#send = send;
  }

  onSubmit(form: HTMLFormElement, { defaultPrevented, submitter }: SubmitEvent): void {
    this.#heldUp = defaultPrevented ? form : undefined;
    if (!defaultPrevented) this.#copy(form, new FormData(form, submitter));
  }

  /** Shopify's captcha goes on by `form.submit()`, which has no submit event, but makes form data. */
  onFormData({ formData }: FormDataEvent): void {
    const form = this.#heldUp;
    this.#heldUp = undefined;
    if (form) this.#copy(form, formData);
  }

  #copy(form: HTMLFormElement, data: FormData): void {
    const controls = [...form.elements] as HTMLInputElement[];
    // A "show password" switch makes a text of the field, so the name counts as well as the type.
    const secret = controls.filter(({ type, name }) => type === 'password' || /password/i.test(name));
    const copy = new FormData();
    for (const [name, value] of data) {
      if (!secret.some((control) => control.name === name)) copy.append(name, value as string);
    }
    const said = JSON.stringify([...copy], (_, value) => (value instanceof File ? value.name : value));
    this.#send(copy, said === this.#last);
    this.#last = said;
  }
}
