import type { Card } from './cards.ts';
import { attach, customerOf, methodOf } from './customers.ts';
import type { Form } from './form.ts';
import { flag, known, metadata, redirects, text, withoutRedirects } from './params.ts';
import { invalid, missing, Problem } from './problem.ts';
import type { SetupIntent, State } from './state.ts';

const unexpected = (message: string, intent: SetupIntent): Problem => new Problem(400, { code: 'setup_intent_unexpected_state', message, setup_intent: intent, type: 'invalid_request_error' }, true);

export function setupOf(state: State, id: string): SetupIntent {
  const setup = state.setups.get(id);
  if (!setup) throw missing('setupintent', id, 'intent');
  return setup;
}

export function createSetup(state: State, form: Form): SetupIntent {
  known(form, ['customer', 'payment_method', 'confirm', 'usage', 'metadata', 'description', 'automatic_payment_methods', 'excluded_payment_method_types', 'return_url', 'use_stripe_sdk', 'expand']);
  const customer = text(form, 'customer') ?? null;
  if (customer !== null) customerOf(state, customer, 'customer', 400);
  const token = text(form, 'payment_method');
  const id = state.id('seti');
  const setup: SetupIntent = {
    id, object: 'setup_intent', client_secret: `${id}_secret_${state.id('x').slice(3)}`, created: state.now(), livemode: false, customer, description: text(form, 'description') ?? null, metadata: metadata(form),
    payment_method: token ? methodOf(state, token).id : null, status: token ? 'requires_confirmation' : 'requires_payment_method', usage: text(form, 'usage') ?? 'off_session', cancellation_reason: null,
    last_setup_error: null, next_action: null, payment_method_types: ['card', 'link'], automatic_payment_methods: redirects(form),
  };
  state.setups.set(id, setup);
  state.emit('setup_intent.created', setup);
  return flag(form, 'confirm') ? confirmSetup(state, setup, { ...(form['return_url'] === undefined ? {} : { return_url: form['return_url'] }) }) : setup;
}

export function confirmSetup(state: State, setup: SetupIntent, form: Form): SetupIntent {
  known(form, ['payment_method', 'return_url', 'mandate_data', 'use_stripe_sdk', 'expand']);
  if (setup.status === 'succeeded' || setup.status === 'canceled') throw unexpected(`You cannot confirm this SetupIntent because it has already ${setup.status === 'canceled' ? 'been canceled' : 'succeeded'}.`, setup);
  const token = text(form, 'payment_method');
  if (token) setup.payment_method = methodOf(state, token).id;
  if (setup.payment_method === null) throw unexpected("You cannot confirm this SetupIntent because it's missing a payment method. Update the SetupIntent with a payment method and then confirm it again.", setup);
  withoutRedirects('SetupIntent', setup.automatic_payment_methods, form);
  const card = state.methods.get(setup.payment_method)!;
  if (card.decline && card.last4 !== '0341') throw failed(state, setup, card.decline);
  if (card.authenticate) {
    Object.assign(setup, { status: 'requires_action', next_action: { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect' } } });
    state.emit('setup_intent.requires_action', setup);
    return setup;
  }
  return done(state, setup);
}

export function cancelSetup(state: State, setup: SetupIntent, form: Form): SetupIntent {
  known(form, ['cancellation_reason', 'expand']);
  if (setup.status === 'succeeded' || setup.status === 'canceled') throw unexpected(`You cannot cancel this SetupIntent because it has a status of ${setup.status}.`, setup);
  const reason = text(form, 'cancellation_reason') ?? null;
  if (reason && !['abandoned', 'requested_by_customer', 'duplicate'].includes(reason)) throw invalid('Invalid cancellation_reason', { param: 'cancellation_reason' });
  Object.assign(setup, { status: 'canceled', cancellation_reason: reason });
  state.emit('setup_intent.canceled', setup);
  return setup;
}

/** The customer answers the bank's challenge, or fails to. */
export function answerSetup(state: State, setup: SetupIntent, passed: boolean): SetupIntent {
  if (setup.status !== 'requires_action') throw new Error(`${setup.id} is ${setup.status}, nothing to authenticate`);
  setup.next_action = null;
  if (passed) return done(state, setup);
  failed(state, setup, { code: 'setup_intent_authentication_failure', decline_code: '', message: 'The provided PaymentMethod has failed authentication.' });
  return setup;
}

function failed(state: State, setup: SetupIntent, why: NonNullable<Card['decline']>): Problem {
  const error = { ...why, type: 'card_error', doc_url: `https://stripe.com/docs/error-codes/${why.code.replaceAll('_', '-')}` };
  Object.assign(setup, { status: 'requires_payment_method', payment_method: null, last_setup_error: error });
  state.emit('setup_intent.setup_failed', setup);
  return new Problem(402, { ...error, setup_intent: structuredClone(setup) }, true);
}

/** The method now belongs to the customer, if there is one. */
function done(state: State, setup: SetupIntent): SetupIntent {
  const method = state.held.get(setup.payment_method!)!;
  if (setup.customer !== null && method.customer === null) attach(state, method.id, customerOf(state, setup.customer, 'customer', 400));
  Object.assign(setup, { status: 'succeeded', last_setup_error: null });
  state.emit('setup_intent.succeeded', setup);
  return setup;
}
