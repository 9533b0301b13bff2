import type { Form } from './form.ts';
import { invalid } from './problem.ts';

/** Refuses a parameter the real endpoint does not know. */
export function known(form: Form, names: readonly string[]): void {
  for (const name of Object.keys(form)) {
    if (!names.includes(name)) throw invalid(`Received unknown parameter: ${name}`, { code: 'parameter_unknown', doc_url: 'https://stripe.com/docs/error-codes/parameter-unknown', param: name });
  }
}

export function text(form: Form, name: string): string | undefined {
  const value = form[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export const flag = (form: Form, name: string): boolean => form[name] === 'true';

/** A positive whole number of minor units. */
export function amount(form: Form, name: string, needed: boolean): number | undefined {
  const value = form[name];
  if (value === undefined) {
    if (needed) throw invalid(`Missing required param: ${name}.`, { code: 'parameter_missing', param: name });
    return undefined;
  }
  if (typeof value !== 'string' || !/^-?\d+$/.test(value)) throw invalid(`Invalid integer: ${String(value)}`, { code: 'parameter_invalid_integer', param: name });
  if (Number(value) < 1) throw invalid('This value must be greater than or equal to 1.', { code: 'parameter_invalid_integer', param: name });
  return Number(value);
}

/** What a PaymentIntent or SetupIntent says of ways to pay that lead to another page: without a word they are welcome. */
export function redirects(form: Form): { enabled: boolean; allow_redirects: string } {
  const given = form['automatic_payment_methods'];
  const wanted = typeof given === 'object' && !Array.isArray(given) ? given['allow_redirects'] : undefined;
  if (wanted !== undefined && wanted !== 'always' && wanted !== 'never') throw invalid('Invalid automatic_payment_methods[allow_redirects]: must be one of always or never', { param: 'automatic_payment_methods[allow_redirects]' });
  return { enabled: true, allow_redirects: typeof wanted === 'string' ? wanted : 'always' };
}

/** Where such a way is welcome, a confirmation has to say where the customer comes back to, also when a card is used. */
export function withoutRedirects(kind: string, ways: { readonly allow_redirects?: string } | null, form: Form): void {
  if (ways?.allow_redirects === 'never' || text(form, 'return_url')) return;
  throw invalid(`This ${kind} is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a \`return_url\`. If you don't want to accept redirect-based payment methods, set \`automatic_payment_methods[enabled]\` to \`true\` and \`automatic_payment_methods[allow_redirects]\` to \`never\` when creating Setup Intents and Payment Intents.`);
}

/** Keys are merged; an empty value deletes its key. */
export function metadata(form: Form, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const given = form['metadata'];
  const out = { ...before };
  if (given === '') return {};
  if (typeof given !== 'object' || Array.isArray(given)) return out;
  for (const [key, value] of Object.entries(given)) {
    if (value === '') delete out[key];
    else out[key] = String(value);
  }
  return out;
}
