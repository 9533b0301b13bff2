import type { FastifyInstance } from 'fastify';
import { isVendorError, VendorError } from '../../../../core/src/index.ts';
import type { SessionResult, SubscriberWanted } from '../../../radius/src/index.ts';
import type { RadiusBulk, RadiusEnforce, RadiusGarden, RadiusPlanWanted, RadiusSubscriber, RadiusThrottle } from '../api.ts';
import { answer } from '../replies.ts';
import { account, cycle, describe, enforce, planFields, planNames, planOf, shown, subscriberBody, told, username, wantedOf, type At, type Need } from './radiusShapes.ts';
import { object, okList, whole } from './shapes.ts';

const MANY = 500;
const reason = { type: 'string', pattern: '^[A-Za-z]{1,40}$' } as const;

/** Accounts: made, suspended, resumed, blocked, throttled, moved to another plan, removed. */
export function radiusAccountRoutes(app: FastifyInstance, need: Need): void {
  const at = '/v1/radius/subscribers/:username';
  const on = (summary: string, body?: object) => describe(summary, 'RadiusEnforced', { params: account, ...(body ? { body } : {}) });
  const how = object({ enforce });

  app.get<{ Querystring: { prefix?: string; after?: string; limit?: number } }>(
    '/v1/radius/subscribers',
    { schema: { tags: ['radius'], summary: 'Accounts by name, a page at a time', querystring: object({ prefix: username, after: username, limit: whole(1, 1000) }), response: okList('RadiusSubscriberRow') } },
    async ({ query }) => need('radius.list').store.list(query),
  );
  app.post<{ Body: RadiusSubscriber }>('/v1/radius/subscribers', describe('Creates or corrects an account on its plan; a password there already stays', 'RadiusState', { body: subscriberBody }), async ({ body }, reply) => {
    const { store } = need('radius.ensure');
    const wanted = wantedOf(body);
    if (wanted.type === 'refused') return answer(reply, wanted);
    const { changed, ...read } = await store.ensure(wanted.value);
    return shown(read, changed);
  });
  app.post<{ Body: { subscribers: readonly RadiusSubscriber[] } }>(
    '/v1/radius/subscribers/bulk',
    describe('Creates or corrects many accounts; one that fails does not keep the others from being made', 'RadiusBulk', { body: object({ subscribers: { type: 'array', minItems: 1, maxItems: MANY, items: subscriberBody } }, ['subscribers']) }),
    async ({ body }): Promise<RadiusBulk> => {
      const { store } = need('radius.ensureMany');
      const read = body.subscribers.map(wantedOf);
      const good = read.flatMap((one) => (one.type === 'accepted' ? [one.value] : []));
      const made = (await store.ensureMany(good as SubscriberWanted[])).values();
      const results = read.map((one, index): RadiusBulk['results'][number] => {
        const name = body.subscribers[index]!.username;
        if (one.type === 'refused') return { username: name, ok: false, kind: one.code, message: one.message, hint: one.hint ?? '' };
        const done = made.next().value!;
        if ('state' in done) return { username: name, ok: true, changed: done.state.changed, access: done.state.access };
        const { error } = done;
        return { username: name, ok: false, ...(isVendorError(error) ? { kind: error.kind, message: error.message, hint: error.hint } : { kind: 'rejectedInput', message: 'It cannot be made.', hint: 'See the accepted shape in /docs.' }) };
      });
      const failed = results.filter((one) => !one.ok).length;
      return { type: 'radiusBulk', made: results.length - failed, failed, results };
    },
  );
  app.get<At>(at, describe('The account, what a login would get now, and its open sessions', 'RadiusState', { params: account }), async ({ params }) => shown(await need('radius.get').store.get(params.username), false));

  for (const verb of ['suspend', 'resume'] as const) {
    const summary = verb === 'suspend' ? 'Into the walled garden of a reason; `enforce` says how running sessions learn of it' : 'Takes one reason away (or `any`) and, when none is left, gives the plan back';
    app.post<At & { Body: RadiusGarden }>(`${at}/${verb}`, on(summary, object({ enforce, reason })), async ({ params, body }) => {
      const { store, act } = need(`radius.${verb}`);
      const { changed } = await store[verb](params.username, body?.reason ?? 'nonPayment');
      return told(await act.enforce(params.username, body?.enforce ?? 'nextLogin'), changed);
    });
  }
  app.post<At & { Body: RadiusEnforce }>(`${at}/block`, on('No login at all; running sessions are ended unless `enforce` is `nextLogin`', how), async ({ params, body }) => {
    const { store, act } = need('radius.block');
    const { changed } = await store.reject(params.username);
    return told(await act.enforce(params.username, body?.enforce ?? 'disconnect'), changed);
  });
  app.post<At>(`${at}/unblock`, on('Lets the account log in again'), async ({ params }) => {
    const { store, act } = need('radius.unblock');
    const { changed } = await store.admit(params.username);
    return told(await act.enforce(params.username, 'nextLogin'), changed);
  });
  app.post<At & { Body: RadiusPlanWanted & RadiusEnforce }>(`${at}/plan`, on('Another plan: the tables first, then the running sessions; `enforced` says whether they know', object({ ...planFields, enforce }, planNames)), async ({ params, body }, reply) => {
    const { store, act } = need('radius.changePlan');
    const plan = planOf(body);
    if (plan.type === 'refused') return answer(reply, plan);
    const { changed } = await store.changePlan(params.username, plan.value.planGroup, plan.value.planReply);
    return told(await act.enforce(params.username, body.enforce ?? 'nextLogin'), changed);
  });
  app.post<At & { Body: RadiusThrottle }>(`${at}/throttle`, on('Fair use: a slower speed, once per cycle', object({ ...planFields, cycle, enforce }, [...planNames, 'cycle'])), async ({ params, body }, reply) => {
    const { store, act } = need('radius.throttle');
    const plan = planOf(body);
    if (plan.type === 'refused') return answer(reply, plan);
    const done = await store.throttle.apply(params.username, body.cycle, { sku: `${body.planSku}-${body.nasVendor}-${body.downKbps}-${body.upKbps}`, rates: plan.value.rates });
    return { ...told(await act.enforce(params.username, body.enforce ?? 'nextLogin'), done.changed), cycle: done.cycle, throttle: done.state };
  });
  app.post<At & { Body: { cycle?: string } & RadiusEnforce }>(`${at}/restore`, on('Takes the throttle away, of one cycle when that is named', object({ cycle, enforce })), async ({ params, body }) => {
    const { store, act } = need('radius.restore');
    const done = await store.throttle.restore(params.username, body?.cycle);
    return { ...told(await act.enforce(params.username, body?.enforce ?? 'nextLogin'), done.changed), cycle: done.cycle, throttle: done.state };
  });
  app.post<At & { Body: RadiusEnforce }>(`${at}/enforce`, on('Tells running sessions of the last change again, where that failed', object({ enforce }, ['enforce'])), async ({ params, body }) =>
    told(await need('radius.enforce').act.enforce(params.username, body.enforce ?? 'coa'), false));

  app.post<At>(`${at}/disconnect`, describe('Ends every open session on its NAS', 'RadiusState', { params: account }), async ({ params }) => {
    const { store, act } = need('radius.disconnect');
    const results = await act.disconnectAll(params.username);
    mustAllEnd(results);
    return shown(await store.get(params.username), results.length > 0);
  });
  app.post<At>(`${at}/remove`, describe('Deletes the account, then ends its sessions; accounting stays', 'RadiusState', { params: account }), async ({ params }) => {
    const { store, act } = need('radius.remove');
    // Rows first: a customer whose session ends while the account exists is back within seconds.
    const { changed } = await store.remove(params.username);
    const results = await act.disconnectAll(params.username);
    mustAllEnd(results);
    const read = await store.get(params.username);
    if (read.pendingSince !== null) await store.settled(params.username, read.pendingSince, true);
    return shown({ ...read, pendingSince: null }, changed || results.length > 0);
  });
}

/** These routes promise that nobody is left online, so a session that stayed is a failure; the others have ended all the same. */
function mustAllEnd(results: readonly SessionResult[]): void {
  const failed = results.flatMap(({ acctSessionId, because, result }) => (result === 'pending' && because ? [{ acctSessionId, ...because }] : []));
  const [first] = failed;
  if (!first) return;
  throw new VendorError({
    vendor: 'radius', operation: 'radius.disconnect', kind: first.kind === 'notConfirmed' || first.kind === 'notAsked' || first.kind === 'nothingToChange' ? 'deviceSilent' : first.kind,
    outcome: failed.some(({ outcome }) => outcome === 'unknown') ? 'unknown' : 'notApplied', hint: first.hint,
    message: `${failed.length} of ${results.length} sessions did not end: ${first.message}`,
    detail: { ended: results.length - failed.length, failed: failed.map(({ acctSessionId, kind, message }) => ({ acctSessionId, kind, message })) },
  });
}
