import type { SimReply } from '../http.ts';
import type { Form } from './form.ts';
import { page } from './pages.ts';
import { invalid, missing } from './problem.ts';
import type { State, StripeEvent } from './state.ts';

/** Stripe remembers events for thirty days, in lists and one by one. */
const KEPT_SECONDS = 30 * 86_400;
const kept = (state: State): readonly StripeEvent[] => state.events.filter(({ created }) => state.now() - created <= KEPT_SECONDS);

export function listEvents(state: State, form: Form): SimReply {
  const { type, types } = form;
  if (type !== undefined && types !== undefined) throw invalid('You may only specify one of these parameters: type, types.');
  const names = types === undefined ? (type === undefined ? undefined : [type]) : Array.isArray(types) ? types : undefined;
  if (types !== undefined && (names === undefined || names.length > 20)) throw invalid('Invalid array: types must be a list of up to 20 event names', { param: 'types' });
  const wanted = (event: StripeEvent): boolean => names === undefined || names.some((name) => (String(name).endsWith('*') && types === undefined ? event.type.startsWith(String(name).slice(0, -1)) : event.type === name));
  return page(state, kept(state).filter(wanted), form, '/v1/events', ['type', 'types']);
}

export function eventOf(state: State, id: string): StripeEvent {
  const event = kept(state).find((one) => one.id === id);
  if (!event) throw missing('event', id, 'id');
  return event;
}
