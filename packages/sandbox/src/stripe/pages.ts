import type { SimReply } from '../http.ts';
import type { Form } from './form.ts';
import { known } from './params.ts';
import { invalid, missing } from './problem.ts';
import type { State } from './state.ts';

interface Listed { readonly id: string; readonly created: number }

/** Puts the objects named by `expand[]` in place of their ids. */
export function expanded(state: State, object: object, form: Form, prefix = ''): unknown {
  const copy = structuredClone(object) as Record<string, unknown>;
  const asked = Array.isArray(form['expand']) ? form['expand'] : [];
  for (const one of asked) {
    const name = String(one);
    if (!name.startsWith(prefix)) continue;
    const field = name.slice(prefix.length);
    const id = copy[field];
    if (field === 'latest_charge' || field === 'charge') copy[field] = state.charges.get(String(id)) ?? id;
    else if (field === 'payment_intent') copy[field] = state.intents.get(String(id)) ?? id;
    else if (field === 'payment_method') copy[field] = state.held.get(String(id)) ?? id;
    else if (field === 'customer') copy[field] = state.customers.get(String(id)) ?? id;
    else throw invalid(`This property cannot be expanded (${field}).`, { param: 'expand' });
  }
  return copy;
}

/** `created=…`, or `created[gt|gte|lt|lte]=…`. */
function within(form: Form): (object: Listed) => boolean {
  const given = form['created'];
  if (given === undefined) return () => true;
  const bounds = typeof given === 'string' ? { gte: given, lte: given } : Array.isArray(given) ? {} : given;
  const number = (name: string): number | undefined => {
    const value = (bounds as Record<string, unknown>)[name];
    if (value === undefined) return undefined;
    if (!/^\d+$/.test(String(value))) throw invalid(`Invalid timestamp: ${String(value)}`, { param: `created[${name}]` });
    return Number(value);
  };
  const [gt, gte, lt, lte] = [number('gt'), number('gte'), number('lt'), number('lte')];
  return ({ created }) => (gt === undefined || created > gt) && (gte === undefined || created >= gte) && (lt === undefined || created < lt) && (lte === undefined || created <= lte);
}

/** Newest first, `limit` 1 to 100, from `starting_after` on or up to `ending_before`, `created`; `names` are the endpoint's own filters. */
export function page(state: State, all: readonly Listed[], form: Form, url: string, names: readonly string[] = []): SimReply {
  known(form, ['limit', 'starting_after', 'ending_before', 'created', 'expand', ...names]);
  const limit = Number(form['limit'] ?? 10);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) throw invalid('Invalid limit: must be between 1 and 100', { param: 'limit' });
  const newest = [...all].reverse().filter(within(form));
  const at = (name: 'starting_after' | 'ending_before'): number | undefined => {
    const id = form[name];
    if (typeof id !== 'string') return undefined;
    const place = newest.findIndex((object) => object.id === id);
    if (place < 0) throw missing('object', id, name, 400);
    return place;
  };
  const [after, before] = [at('starting_after'), at('ending_before')];
  if (after !== undefined && before !== undefined) throw invalid('You can only specify one of these parameters: starting_after, ending_before.');
  const from = before === undefined ? (after ?? -1) + 1 : Math.max(before - limit, 0);
  const to = before ?? from + limit;
  const data = newest.slice(from, to);
  return { status: 200, body: { object: 'list', url, has_more: before === undefined ? to < newest.length : from > 0, data: data.map((object) => expanded(state, object, form, 'data.')) } };
}
