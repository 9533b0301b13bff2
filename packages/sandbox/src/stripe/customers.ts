import { cards, type Card } from './cards.ts';
import type { Form } from './form.ts';
import { known, metadata, text } from './params.ts';
import { invalid, missing, Problem } from './problem.ts';
import type { Customer, Method, State } from './state.ts';

const FIELDS = ['email', 'name', 'phone', 'description', 'metadata', 'payment_method', 'invoice_settings', 'preferred_locales', 'expand'];

export function customerOf(state: State, id: string, param = 'id', status = 404): Customer {
  const customer = state.customers.get(id);
  if (!customer || state.gone.has(id)) throw missing('customer', id, param, status);
  return customer;
}

/** One that was deleted can still be looked at. */
export function shownCustomer(state: State, id: string): object {
  return state.gone.has(id) ? { id, object: 'customer', deleted: true } : customerOf(state, id);
}

/** Lets go of the customer and of every method of theirs, for good. */
export function deleteCustomer(state: State, customer: Customer): object {
  for (const method of methodsOf(state, customer.id)) detach(state, method);
  state.gone.add(customer.id);
  state.emit('customer.deleted', customer);
  return shownCustomer(state, customer.id);
}

export function createCustomer(state: State, form: Form): Customer {
  known(form, FIELDS);
  const customer: Customer = {
    id: state.id('cus'), object: 'customer', created: state.now(), livemode: false, email: text(form, 'email') ?? null, name: text(form, 'name') ?? null,
    description: text(form, 'description') ?? null, metadata: metadata(form), invoice_settings: { default_payment_method: null },
  };
  state.customers.set(customer.id, customer);
  const token = text(form, 'payment_method');
  if (token) attach(state, token, customer);
  preferred(state, customer, form);
  state.emit('customer.created', customer);
  return customer;
}

export function updateCustomer(state: State, customer: Customer, form: Form): Customer {
  known(form, FIELDS);
  customer.metadata = metadata(form, customer.metadata);
  customer.email = text(form, 'email') ?? customer.email;
  customer.name = text(form, 'name') ?? customer.name;
  preferred(state, customer, form);
  state.emit('customer.updated', customer);
  return customer;
}

/** `invoice_settings[default_payment_method]`: only a method of this customer; an empty value takes the default away. */
function preferred(state: State, customer: Customer, form: Form): void {
  const given = form['invoice_settings'];
  if (typeof given !== 'object' || Array.isArray(given)) return;
  const id = given['default_payment_method'];
  if (typeof id !== 'string') return;
  if (id !== '' && state.held.get(id)?.customer !== customer.id) {
    throw missing('PaymentMethod', id, 'invoice_settings[default_payment_method]', 400);
  }
  customer.invoice_settings = { default_payment_method: id === '' ? null : id };
}

/** A method by its id, or a new one from a documented test token. */
export function methodOf(state: State, token: string, param = 'payment_method', status = 400): Method {
  const method = state.held.get(token);
  if (method) return method;
  const card = Object.hasOwn(cards, token) ? cards[token] : undefined;
  if (!card) throw missing('PaymentMethod', token, param, status);
  return newMethod(state, card);
}

function newMethod(state: State, card: Card): Method {
  const id = state.id('pm');
  const method: Method = { id, object: 'payment_method', type: 'card', created: state.now(), livemode: false, customer: null, metadata: {}, card: { brand: card.brand, last4: card.last4, exp_month: 12, exp_year: 2034, funding: 'credit' } };
  state.methods.set(id, card);
  state.held.set(id, method);
  return method;
}

/** From a card's token, as Stripe's page makes one of what was typed: the number itself never comes here. */
export function createMethod(state: State, form: Form): Method {
  known(form, ['type', 'card', 'metadata', 'billing_details', 'expand']);
  if (form['type'] !== 'card') throw invalid('Missing required param: type.', { code: 'parameter_missing', param: 'type' });
  const given = form['card'];
  const token = typeof given === 'object' && !Array.isArray(given) ? given['token'] : undefined;
  if (typeof token !== 'string') throw invalid('Sending credit card numbers directly to the Stripe API is generally unsafe.', { param: 'card' });
  const name = token.replace(/^tok_/, 'pm_card_');
  if (name === token || !Object.hasOwn(cards, name)) throw missing('token', token, 'card[token]', 400);
  return newMethod(state, cards[name]!);
}

/** The bank tells the card's new expiry to Stripe. */
export function renewMethod(state: State, method: Method): Method {
  const previous = { card: { exp_year: method.card.exp_year } };
  method.card.exp_year += 3;
  state.emit('payment_method.automatically_updated', method, previous);
  return method;
}

/** The bank is asked when a card is attached; only the card that fails later passes (erp.md 6.1). */
export function attach(state: State, token: string, customer: Customer): Method {
  const method = methodOf(state, token);
  if (state.detached.has(method.id)) {
    throw invalid('This PaymentMethod was previously used without being attached to a Customer or was detached from a Customer, and may not be used again.', { param: 'payment_method' });
  }
  if (method.customer !== null) throw invalid('The payment method you provided has already been attached to a customer.', { param: 'payment_method' });
  const { decline, last4 } = state.methods.get(method.id)!;
  if (decline && last4 !== '0341') throw new Problem(402, { ...decline, type: 'card_error' }, true);
  method.customer = customer.id;
  state.emit('payment_method.attached', method);
  return method;
}

/** Lets go of a method for good; where it was the default, there is none now. */
export function detach(state: State, method: Method): Method {
  if (method.customer === null) throw invalid('The payment method you provided is not attached to a customer so detachment is impossible.', { param: 'payment_method' });
  const customer = state.customers.get(method.customer);
  if (customer?.invoice_settings.default_payment_method === method.id) customer.invoice_settings = { default_payment_method: null };
  const previous = { customer: method.customer };
  method.customer = null;
  state.detached.add(method.id);
  state.emit('payment_method.detached', method, previous);
  return method;
}

export const methodsOf = (state: State, customer: string): readonly Method[] => [...state.held.values()].filter((method) => method.customer === customer);
