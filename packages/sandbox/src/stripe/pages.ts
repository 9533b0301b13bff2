import type { SimReply } from '../http.ts';
import type { Form } from './form.ts';
import { invalid, missing } from './problem.ts';
import type { State } from './state.ts';

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
    else throw invalid(`This property cannot be expanded (${field}).`, { param: 'expand' });
  }
  return copy;
}

/** Newest first, `limit` 1 to 100, `starting_after`, `created[gte]`. */
export function page(state: State, all: readonly { readonly id: string; readonly created: number }[], form: Form, url: string): SimReply {
  const limit = Number(form['limit'] ?? 10);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) throw invalid('Invalid limit: must be between 1 and 100', { param: 'limit' });
  const created = form['created'];
  const since = typeof created === 'object' && !Array.isArray(created) ? Number(created['gte'] ?? 0) : 0;
  const newest = [...all].reverse().filter((object) => object.created >= since);
  const after = typeof form['starting_after'] === 'string' ? form['starting_after'] : undefined;
  const from = after ? newest.findIndex((object) => object.id === after) + 1 : 0;
  if (after && from === 0) throw missing('object', after, 'starting_after', 400);
  const data = newest.slice(from, from + limit);
  return { status: 200, body: { object: 'list', url, has_more: from + limit < newest.length, data: data.map((object) => expanded(state, object, form, 'data.')) } };
}
