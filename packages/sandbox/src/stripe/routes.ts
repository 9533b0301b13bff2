import type { SimReply, SimRequest } from '../http.ts';
import { attach, createCustomer, createMethod, customerOf, deleteCustomer, detach, methodOf, methodsOf, shownCustomer, updateCustomer } from './customers.ts';
import { eventOf, listEvents } from './events.ts';
import { readForm, type Form } from './form.ts';
import { cancelIntent, captureIntent, confirmIntent, createIntent, intentOf, updateIntent } from './intents.ts';
import { expanded, page } from './pages.ts';
import { known } from './params.ts';
import { missing, Problem } from './problem.ts';
import { createRefund } from './refunds.ts';
import { cancelSetup, confirmSetup, createSetup, setupOf } from './setupIntents.ts';
import type { State } from './state.ts';

/** Answers one call, or throws the Problem that the real API answers. */
export function route(state: State, request: SimRequest): SimReply {
  const form: Form = readForm(request.method === 'GET' ? request.query.toString() : request.text);
  const [, version, collection, id, verb] = request.rawPath.split('/').map(decodeURIComponent);
  const ok = (object: object): SimReply => ({ status: 200, body: expanded(state, object, form) });
  /** Those that fit every filter the caller gave. */
  const listed = <T extends { readonly id: string; readonly created: number }>(all: Iterable<T>, url: string, filters: readonly (keyof T & string)[] = []): SimReply =>
    page(state, [...all].filter((one) => filters.every((name) => form[name] === undefined || (one[name] as unknown) === form[name])), form, url, filters);
  const call = `${request.method} ${collection}${id ? '/:id' : ''}${verb ? `/${verb}` : ''}`;
  if (version === 'v1') {
    switch (call) {
      case 'POST payment_intents': return ok(createIntent(state, form));
      case 'GET payment_intents': return listed(state.intents.values(), '/v1/payment_intents', ['customer']);
      case 'GET payment_intents/:id': return ok(intentOf(state, id!));
      case 'POST payment_intents/:id': return ok(updateIntent(state, intentOf(state, id!), form));
      case 'POST payment_intents/:id/confirm': return ok(confirmIntent(state, intentOf(state, id!), form));
      case 'POST payment_intents/:id/capture': return ok(captureIntent(state, intentOf(state, id!), form));
      case 'POST payment_intents/:id/cancel': return ok(cancelIntent(state, intentOf(state, id!), form));
      case 'POST setup_intents': return ok(createSetup(state, form));
      case 'GET setup_intents': return listed(state.setups.values(), '/v1/setup_intents', ['customer', 'payment_method']);
      case 'GET setup_intents/:id': return ok(setupOf(state, id!));
      case 'POST setup_intents/:id/confirm': return ok(confirmSetup(state, setupOf(state, id!), form));
      case 'POST setup_intents/:id/cancel': return ok(cancelSetup(state, setupOf(state, id!), form));
      case 'POST customers': return ok(createCustomer(state, form));
      case 'GET customers': return listed([...state.customers.values()].filter((customer) => !state.gone.has(customer.id)), '/v1/customers', ['email']);
      case 'GET customers/:id': return ok(shownCustomer(state, id!));
      case 'POST customers/:id': return ok(updateCustomer(state, customerOf(state, id!), form));
      case 'DELETE customers/:id': return ok(deleteCustomer(state, customerOf(state, id!)));
      case 'GET customers/:id/payment_methods': return page(state, methodsOf(state, customerOf(state, id!).id).filter(({ type }) => form['type'] === undefined || type === form['type']), form, `/v1/customers/${id}/payment_methods`, ['type']);
      case 'POST payment_methods': return ok(createMethod(state, form));
      case 'GET payment_methods': return listed(methodsOf(state, String(form['customer'] ?? '')), '/v1/payment_methods', ['customer', 'type']);
      case 'GET payment_methods/:id': return ok(methodOf(state, id!, 'payment_method', 404));
      case 'POST payment_methods/:id/attach': known(form, ['customer', 'expand']); return ok(attach(state, id!, customerOf(state, String(form['customer'] ?? ''), 'customer', 400)));
      case 'POST payment_methods/:id/detach': return ok(detach(state, methodOf(state, id!, 'payment_method', 404)));
      case 'GET charges/:id': return ok(found(state.charges, 'charge', id!));
      case 'POST refunds': return ok(createRefund(state, form));
      case 'GET refunds': return listed(state.refunds.values(), '/v1/refunds', ['payment_intent', 'charge']);
      case 'GET refunds/:id': return ok(found(state.refunds, 'refund', id!));
      case 'GET events': return listEvents(state, form);
      case 'GET events/:id': return ok(eventOf(state, id!));
    }
  }
  throw new Problem(404, { message: `Unrecognized request URL (${request.method}: ${request.rawPath}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`, type: 'invalid_request_error' });
}

function found<T>(map: ReadonlyMap<string, T>, kind: string, id: string): T {
  const object = map.get(id);
  if (!object) throw missing(kind, id, 'id');
  return object;
}
