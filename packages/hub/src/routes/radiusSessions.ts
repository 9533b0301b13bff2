import type { FastifyInstance } from 'fastify';
import { instantIn, isCivilDate, isInstant, isZone, radiusProfile, refuse } from '../../../../core/src/index.ts';
import type { SessionResult } from '../../../radius/src/index.ts';
import type { RadiusRateChange, RadiusSessionsTold, RadiusStale, RadiusStaleClosed, RadiusUsage } from '../api.ts';
import { answer } from '../replies.ts';
import { account, describe, nasAddress, nasVendor, planFields, sessionId, username, type At, type Need } from './radiusShapes.ts';
import { object, okList, whole } from './shapes.ts';

const moment = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?Z)?$' } as const;
const summed = (name: string, sessions: readonly SessionResult[]): RadiusSessionsTold => {
  const failed = sessions.filter(({ result }) => result === 'pending').length;
  return { type: 'radiusSessions', username: name, done: sessions.length - failed, failed, sessions };
};

/** Sessions and traffic (S0-102, S0-103). */
export function radiusSessionRoutes(app: FastifyInstance, need: Need): void {
  app.get<{ Querystring: { username?: string; nasIp?: string; after?: string; limit?: number } }>(
    '/v1/radius/sessions',
    { schema: { tags: ['radius'], summary: 'Who is online; rows silent for three report intervals are not', querystring: object({ username, nasIp: nasAddress, after: { type: 'string', pattern: '^\\d{1,19}$' }, limit: whole(1, 1000) }), response: okList('RadiusListedSession') } },
    async ({ query }) => need('radius.sessions.list').store.online(query),
  );
  app.post<{ Body: { username: string; acctSessionId?: string } }>(
    '/v1/radius/sessions/disconnect',
    describe('Ends one session or all of a subscriber; a NAS that fails is named and keeps no other from being asked', 'RadiusSessionsTold', { body: object({ username, acctSessionId: sessionId }, ['username']) }),
    async ({ body }) => {
      const { act } = need('radius.sessions.disconnect');
      if (body.acctSessionId === undefined) return summed(body.username, await act.disconnectAll(body.username));
      const one = await act.disconnectOne(body.username, body.acctSessionId);
      // Not open any more is what was wanted.
      return summed(body.username, one ? [one] : []);
    },
  );
  app.post<{ Body: RadiusRateChange }>(
    '/v1/radius/sessions/rate',
    describe('Another speed for running sessions only; the next login gets the plan’s again', 'RadiusSessionsTold', { body: object({ username, acctSessionId: sessionId, planSku: planFields.planSku, downKbps: planFields.downKbps, upKbps: planFields.upKbps, nasVendor }, ['username', 'downKbps', 'upKbps']) }),
    async ({ body }, reply) => {
      const { act } = need('radius.sessions.rate');
      const plan = { sku: body.planSku ?? 'rate', downKbps: body.downKbps, upKbps: body.upKbps };
      const checked = radiusProfile(plan, body.nasVendor ?? 'mikrotik');
      if (checked.type === 'refused') return answer(reply, checked);
      const results = await act.changeRate(
        body.username,
        (vendor) => {
          const profile = radiusProfile(plan, vendor);
          return profile.type === 'accepted' ? profile.value.attributes.map(({ attribute, value }) => [attribute, value] as const) : [];
        },
        body.nasVendor,
        body.acctSessionId,
      );
      return summed(body.username, results);
    },
  );
  app.post<{ Body: RadiusStale }>(
    '/v1/radius/sessions/close-stale',
    describe('Closes rows of sessions no NAS reports any more; they lock customers out where logins are limited', 'RadiusStaleClosed', { body: object({ username, nasIp: nasAddress, silentSeconds: whole(1, 31_536_000), dryRun: { type: 'boolean' } }) }),
    async ({ body }): Promise<RadiusStaleClosed> => ({ type: 'radiusStaleSessions', dryRun: body?.dryRun ?? false, closed: await need('radius.sessions.closeStale').store.closeAllStale(body ?? {}) }),
  );

  app.get<At & { Querystring: { from: string; to: string; zone?: string } }>(
    '/v1/radius/subscribers/:username/usage',
    describe('Traffic of a half-open period, as sums of the sessions that began in it and by civil day from samples', 'RadiusUsage', { params: account, querystring: object({ from: moment, to: moment, zone: { type: 'string', pattern: '^[A-Za-z0-9_+/-]{1,64}$' } }, ['from', 'to']) }),
    async ({ params, query }, reply) => {
      const { store, samples, config } = need('radius.usage');
      const zone = query.zone ?? config.zone;
      if (!isZone(zone)) return answer(reply, refuse('badInput', 'This is not a time zone.', { path: 'zone', hint: 'Give an IANA name such as America/Toronto.' }));
      // A day means its first moment in that zone.
      const instant = (text: string) => (isCivilDate(text) ? instantIn(text, '00:00', zone) : new Date(text).toISOString());
      const wrong = (['from', 'to'] as const).find((name) => !isCivilDate(query[name]) && !isInstant(query[name]));
      if (wrong) return answer(reply, refuse('badInput', 'This day does not exist.', { path: wrong, hint: 'Write it YYYY-MM-DD, or an instant in UTC.' }));
      const period = { from: instant(query.from), to: instant(query.to) };
      const days = await samples.byDay(params.username, period, zone);
      if (days.type === 'refused') return answer(reply, days);
      const sums = await store.usage(params.username, period);
      return { type: 'radiusUsage', username: params.username, ...period, zone, ...sums, byDay: days.value } satisfies RadiusUsage;
    },
  );
  app.post('/v1/radius/usage/sample', describe('Keeps the running totals of every session as they are now; call it every hour for traffic by day', 'RadiusSamples'), async () => {
    const { samples, store } = need('radius.usage.sample');
    return { type: 'radiusSamples', ...(await samples.take(store)) };
  });
}
