import type { Card } from './cards.ts';
import { attach, customerOf, methodOf as heldMethod } from './customers.ts';
import type { Form } from './form.ts';
import { invalid, missing, Problem, unexpectedState } from './problem.ts';
import type { Charge, Intent, State } from './state.ts';
import { amount, flag, known, metadata, redirects, text, withoutRedirects } from './params.ts';

const CREATE = ['amount', 'currency', 'capture_method', 'confirm', 'payment_method', 'metadata', 'automatic_payment_methods', 'customer', 'off_session', 'return_url', 'description', 'receipt_email', 'setup_future_usage', 'expand', 'statement_descriptor_suffix', 'use_stripe_sdk', 'excluded_payment_method_types', 'shipping'];
/** Not all that Stripe takes: enough to tell a currency from a slip of the pen. */
const CURRENCIES = new Set('aed ars aud brl cad chf clp cny cop czk dkk eur gbp hkd huf idr ils inr isk jpy krw mad mxn myr nok nzd pen php pln ron sar sek sgd thb try twd uah usd vnd xaf xof zar'.split(' '));
const AUTHORISATION_SECONDS = 7 * 86_400;

export function intentOf(state: State, id: string): Intent {
  const intent = state.intents.get(id);
  if (!intent) throw missing('payment_intent', id, 'intent');
  const charge = intent.latest_charge ? state.charges.get(intent.latest_charge) : undefined;
  // A card authorisation that nobody captures lapses after seven days.
  if (intent.status === 'requires_capture' && charge && state.now() - charge.created >= AUTHORISATION_SECONDS) settleCancelled(state, intent, 'automatic');
  return intent;
}

export function createIntent(state: State, form: Form): Intent {
  known(form, CREATE);
  const minor = amount(form, 'amount', true)!;
  const currency = text(form, 'currency');
  if (!currency) throw invalid('Missing required param: currency.', { code: 'parameter_missing', param: 'currency' });
  if (!CURRENCIES.has(currency.toLowerCase())) throw invalid(`Invalid currency: ${currency}.`, { param: 'currency' });
  if (minor < 50) throw invalid(`Amount must be at least $0.50 ${currency.toLowerCase()}`, { code: 'amount_too_small', param: 'amount' });
  if (minor > 99_999_999) throw invalid('Amount must be no more than $999,999.99', { code: 'amount_too_large', param: 'amount' });
  const method = text(form, 'capture_method') ?? 'automatic_async';
  if (!['automatic', 'automatic_async', 'manual'].includes(method)) throw invalid('Invalid capture_method: must be one of automatic, automatic_async, or manual', { param: 'capture_method' });
  const token = text(form, 'payment_method');
  const paymentMethod = token ? methodOf(state, token) : null;
  const customer = text(form, 'customer') ?? null;
  if (customer !== null) customerOf(state, customer, 'customer', 400);
  const id = state.id('pi');
  const intent: Intent = {
    id, object: 'payment_intent', amount: minor, amount_capturable: 0, amount_received: 0, currency: currency.toLowerCase(),
    capture_method: method as Intent['capture_method'], client_secret: `${id}_secret_${state.id('x').slice(3)}`, created: state.now(), livemode: false,
    metadata: metadata(form), status: paymentMethod ? 'requires_confirmation' : 'requires_payment_method', latest_charge: null, payment_method: paymentMethod,
    canceled_at: null, cancellation_reason: null, last_payment_error: null, next_action: null,
    customer, description: text(form, 'description') ?? null, receipt_email: text(form, 'receipt_email') ?? null,
    setup_future_usage: text(form, 'setup_future_usage') ?? null, confirmation_method: 'automatic', payment_method_types: ['card', 'link'],
    automatic_payment_methods: redirects(form),
  };
  const confirms = flag(form, 'confirm');
  for (const name of ['off_session', 'return_url']) if (form[name] !== undefined && !confirms) throw invalid(`This parameter can only be used with confirm=true (${name}).`, { param: name });
  if (confirms) withoutRedirects('PaymentIntent', intent.automatic_payment_methods, form);
  state.intents.set(id, intent);
  state.emit('payment_intent.created', intent);
  return confirms ? confirm(state, intent, flag(form, 'off_session')) : intent;
}

export function updateIntent(state: State, intent: Intent, form: Form): Intent {
  known(form, ['amount', 'currency', 'metadata', 'description', 'receipt_email', 'payment_method', 'customer', 'setup_future_usage', 'expand']);
  const minor = amount(form, 'amount', false);
  const open = intent.status === 'requires_payment_method' || intent.status === 'requires_confirmation' || intent.status === 'requires_action';
  if ((minor !== undefined || text(form, 'currency') || text(form, 'payment_method')) && !open) {
    throw unexpectedState(`This PaymentIntent's amount could not be updated because it has a status of ${intent.status}. You may only update the amount of a PaymentIntent with one of the following statuses: requires_payment_method, requires_confirmation, requires_action.`, intent);
  }
  if (minor !== undefined) intent.amount = minor;
  const currency = text(form, 'currency');
  if (currency) intent.currency = currency.toLowerCase();
  const token = text(form, 'payment_method');
  if (token) Object.assign(intent, { payment_method: methodOf(state, token), status: 'requires_confirmation' });
  intent.metadata = metadata(form, intent.metadata);
  intent.description = text(form, 'description') ?? intent.description;
  intent.receipt_email = text(form, 'receipt_email') ?? intent.receipt_email;
  return intent;
}

export function confirmIntent(state: State, intent: Intent, form: Form): Intent {
  known(form, ['payment_method', 'return_url', 'off_session', 'receipt_email', 'setup_future_usage', 'use_stripe_sdk', 'capture_method', 'expand']);
  const token = text(form, 'payment_method');
  if (!['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(intent.status)) {
    throw unexpectedState(`You cannot confirm this PaymentIntent because it has already ${intent.status === 'canceled' ? 'been canceled' : 'succeeded after being previously confirmed'}.`, intent);
  }
  if (token) intent.payment_method = methodOf(state, token);
  if (!intent.payment_method) {
    throw new Problem(400, { code: 'payment_intent_unexpected_state', message: "You cannot confirm this PaymentIntent because it's missing a payment method. Update the PaymentIntent with a payment method and then confirm it again.", payment_intent: intent, type: 'invalid_request_error' });
  }
  withoutRedirects('PaymentIntent', intent.automatic_payment_methods, form);
  return confirm(state, intent, flag(form, 'off_session'));
}

export function captureIntent(state: State, intent: Intent, form: Form): Intent {
  known(form, ['amount_to_capture', 'metadata', 'expand', 'final_capture', 'statement_descriptor_suffix']);
  if (intent.status !== 'requires_capture') {
    throw unexpectedState(`This PaymentIntent could not be captured because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`, intent);
  }
  const minor = amount(form, 'amount_to_capture', false) ?? intent.amount_capturable;
  if (minor > intent.amount_capturable) throw invalid(`The provided amount_to_capture (${minor}) is more than the capturable amount (${intent.amount_capturable}).`, { code: 'amount_too_large', param: 'amount_to_capture' });
  const charge = state.charges.get(intent.latest_charge!)!;
  Object.assign(charge, { captured: true, amount_captured: minor });
  Object.assign(intent, { status: 'succeeded', amount_received: minor, amount_capturable: 0, metadata: metadata(form, intent.metadata) });
  state.emit('charge.captured', charge);
  state.emit('payment_intent.succeeded', intent);
  return intent;
}

export function cancelIntent(state: State, intent: Intent, form: Form): Intent {
  known(form, ['cancellation_reason', 'expand']);
  if (intent.status === 'succeeded' || intent.status === 'canceled') {
    throw unexpectedState(`You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: requires_payment_method, requires_capture, requires_confirmation, requires_action, processing.`, intent);
  }
  const reason = text(form, 'cancellation_reason') ?? null;
  if (reason && !['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned'].includes(reason)) throw invalid('Invalid cancellation_reason', { param: 'cancellation_reason' });
  return settleCancelled(state, intent, reason);
}

/** The customer answers the bank's challenge (or fails to). */
export function answerChallenge(state: State, intent: Intent, passed: boolean): Intent {
  if (intent.status !== 'requires_action') throw new Error(`${intent.id} is ${intent.status}, nothing to authenticate`);
  intent.next_action = null;
  return passed ? charged(state, intent) : decline(state, intent, { code: 'payment_intent_authentication_failure', decline_code: '', message: 'The provided PaymentMethod has failed authentication.' }, false);
}

const methodOf = (state: State, token: string): string => heldMethod(state, token).id;

function confirm(state: State, intent: Intent, offSession = false): Intent {
  const card = state.methods.get(intent.payment_method ?? '');
  if (!card) throw invalid('You must provide a payment method to confirm this PaymentIntent.', { code: 'parameter_missing', param: 'payment_method' });
  const owner = state.held.get(intent.payment_method!)?.customer ?? null;
  if (owner !== null && owner !== intent.customer) {
    throw invalid(intent.customer === null ? `The PaymentMethod ${intent.payment_method} belongs to the Customer ${owner}. Please include the Customer in the \`customer\` parameter on the PaymentIntent.` : `The provided PaymentMethod cannot be attached. To reuse a PaymentMethod, you must attach it to a Customer first.`, { param: 'payment_method' });
  }
  // Nobody is there to answer the challenge.
  if (card.authenticate && offSession) return decline(state, intent, { code: 'authentication_required', decline_code: 'authentication_required', message: 'Your card was declined. This transaction requires authentication.' }, true);
  if (card.decline) return decline(state, intent, card.decline, true);
  if (card.authenticate) {
    Object.assign(intent, { status: 'requires_action', next_action: { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect' } } });
    state.emit('payment_intent.requires_action', intent);
    return intent;
  }
  return charged(state, intent);
}

function newCharge(state: State, intent: Intent, status: Charge['status']): Charge {
  const { brand, last4 } = state.methods.get(intent.payment_method!)!;
  const charge: Charge = {
    id: state.id('ch'), object: 'charge', amount: intent.amount, amount_captured: 0, amount_refunded: 0, captured: false, refunded: false, disputed: false,
    paid: status === 'succeeded', currency: intent.currency, created: state.now(), livemode: false, payment_intent: intent.id, payment_method: intent.payment_method!, status,
    failure_code: null, failure_message: null, outcome: { network_status: status === 'succeeded' ? 'approved_by_network' : 'declined_by_network', type: status === 'succeeded' ? 'authorized' : 'issuer_declined' },
    metadata: { ...intent.metadata }, payment_method_details: { type: 'card', card: { brand, last4, exp_month: 12, exp_year: 2034 } },
  };
  state.charges.set(charge.id, charge);
  intent.latest_charge = charge.id;
  return charge;
}

function charged(state: State, intent: Intent): Intent {
  const charge = newCharge(state, intent, 'succeeded');
  intent.last_payment_error = null;
  // Kept for charges to come, now that the bank has said yes.
  const method = state.held.get(intent.payment_method!);
  if (intent.setup_future_usage && intent.customer && method?.customer === null) attach(state, method.id, customerOf(state, intent.customer, 'customer', 400));
  if (intent.capture_method === 'manual') {
    Object.assign(intent, { status: 'requires_capture', amount_capturable: intent.amount });
    state.emit('payment_intent.amount_capturable_updated', intent);
    state.emit('charge.succeeded', charge);
    return intent;
  }
  Object.assign(charge, { captured: true, amount_captured: intent.amount });
  Object.assign(intent, { status: 'succeeded', amount_received: intent.amount });
  state.emit('payment_intent.succeeded', intent);
  state.emit('charge.succeeded', charge);
  return intent;
}

function decline(state: State, intent: Intent, why: NonNullable<Card['decline']>, answer: boolean): Intent {
  const charge = newCharge(state, intent, 'failed');
  Object.assign(charge, { failure_code: why.code, failure_message: why.message });
  const error = { ...why, charge: charge.id, doc_url: `https://stripe.com/docs/error-codes/${why.code.replaceAll('_', '-')}`, type: 'card_error' };
  Object.assign(intent, { status: 'requires_payment_method', payment_method: null, last_payment_error: error });
  state.emit('charge.failed', charge);
  state.emit('payment_intent.payment_failed', intent);
  if (answer) throw new Problem(402, { ...error, payment_intent: structuredClone(intent) }, true);
  return intent;
}

function settleCancelled(state: State, intent: Intent, reason: string | null): Intent {
  Object.assign(intent, { status: 'canceled', canceled_at: state.now(), cancellation_reason: reason, amount_capturable: 0 });
  state.emit('payment_intent.canceled', intent);
  return intent;
}
