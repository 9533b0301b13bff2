import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { isVendorError, radiusProfile, VendorError } from '../../../../core/src/index.ts';
import { openDb } from '../../../journal/src/index.ts';
import { dynauth, freeradiusSchema, PLAN_PREFIX, radiusStore, type SubscriberState } from '../../../radius/src/index.ts';
import type { RadiusState, RadiusSubscriber } from '../api.ts';
import type { Deps } from '../deps.ts';
import { answer, hubError } from '../replies.ts';
import { object, ok, whole } from './shapes.ts';

const username = { type: 'string', pattern: '^[A-Za-z0-9@._:/-]{1,100}$' } as const;
const params = object({ username }, ['username']);
type At = { Params: { username: string } };
const INTERIM_SECONDS = 300;
const state = (read: SubscriberState, changed: boolean): RadiusState => ({
  type: 'radiusSubscriber', username: read.username, access: read.access, planGroup: read.planGroup, framedIp: read.framedIp, attributes: read.attributes, sessions: read.sessions, changed,
});

/** RADIUS accounts and sessions (S0-100…103). Rows are written first, NASes told afterwards; passwords never leave the database. */
export async function radiusRoutes(app: FastifyInstance, { db, clock, config }: Deps): Promise<void> {
  const schema = (summary: string) => ({ schema: { tags: ['radius'], summary, params, response: ok('RadiusState') } });
  const where = config.radius;
  const own = where && !where.database ? db : undefined;
  if (own) {
    const { rows } = await own.query<{ there: string | null }>(`SELECT to_regclass('radcheck')::text AS there`);
    if (!rows[0]?.there) await own.script(freeradiusSchema);
  }
  const other = where?.database ? await openDb(where.database) : undefined;
  app.addHook('onClose', async () => other?.close());
  const tables = own ?? other;
  const store = tables && radiusStore(tables, { clock, random: randomBytes, interimSeconds: INTERIM_SECONDS });
  const nases = where && dynauth({ clock, random: randomBytes, nasSecrets: where.nasSecrets, ...(where.coaPort === undefined ? {} : { port: where.coaPort }) });
  const need = (operation: string) => {
    if (!store || !nases) throw hubError('unavailable', operation, 'This hub has no RADIUS.', 'Set LEADLIGHT_RADIUS_NAS_SECRETS, and LEADLIGHT_RADIUS_DATABASE when FreeRADIUS has a database of its own.');
    return { store, nases };
  };

  /** Ends every session that was open; one NAS that fails does not keep the others from being asked. */
  async function endSessions(user: string): Promise<boolean> {
    const { store: rows, nases: dyn } = need('radius.disconnect');
    const open = (await rows.get(user)).sessions;
    const results = await Promise.all(
      open.map(async (session) => {
        try {
          const { alreadyOffline } = await dyn.disconnect({ ...session, username: user });
          if (alreadyOffline) await rows.closeStale(user, session.acctSessionId, session.nasIp);
          return undefined;
        } catch (error) {
          if (isVendorError(error)) return { acctSessionId: session.acctSessionId, error };
          throw error;
        }
      }),
    );
    const failed = results.filter((one) => one !== undefined);
    if (failed.length > 0) {
      const [{ error }] = failed as [(typeof failed)[0]];
      throw new VendorError({
        vendor: 'radius', operation: 'radius.disconnect', kind: error.kind, outcome: failed.some((one) => one.error.outcome === 'unknown') ? 'unknown' : error.outcome, hint: error.hint,
        message: `${failed.length} of ${open.length} sessions did not end: ${error.message}`,
        detail: { ended: open.length - failed.length, failed: failed.map((one) => ({ acctSessionId: one.acctSessionId, kind: one.error.kind, message: one.error.message })) },
      });
    }
    return open.length > 0;
  }

  /** The NAS's accounting stop follows its ACK; what is still listed after ten seconds is shown as it is. */
  async function afterStop(user: string, before: readonly string[]): Promise<SubscriberState> {
    const { store: rows } = need('radius.disconnect');
    for (let look = 0; ; look += 1) {
      const read = await rows.get(user);
      if (look >= 10 || !read.sessions.some((one) => before.includes(one.acctSessionId))) return read;
      await clock.sleep(1_000);
    }
  }
  const openIds = async (user: string) => (await need('radius.disconnect').store.get(user)).sessions.map((one) => one.acctSessionId);

  app.post<{ Body: RadiusSubscriber }>(
    '/v1/radius/subscribers',
    {
      schema: {
        tags: ['radius'], summary: 'Creates or corrects an account on its plan; a password there already stays', response: ok('RadiusState'),
        body: object(
          {
            username, planSku: { type: 'string', pattern: '^[A-Za-z0-9._-]{1,40}$' }, downKbps: whole(1, 100_000_000), upKbps: whole(1, 100_000_000),
            framedIp: { type: 'string', pattern: '^((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}$' }, nasVendor: { type: 'string', enum: ['mikrotik', 'cisco', 'juniper', 'nokia', 'huawei', 'wispr'] },
          },
          ['username', 'planSku', 'downKbps', 'upKbps', 'nasVendor'],
        ),
      },
    },
    async ({ body }, reply) => {
      const { store: rows } = need('radius.ensure');
      const profile = radiusProfile({ sku: body.planSku, downKbps: body.downKbps, upKbps: body.upKbps }, body.nasVendor);
      if (profile.type === 'refused') return answer(reply, profile);
      const { changed, ...read } = await rows.ensure({
        username: body.username,
        // Maker and rates are part of the name, so a group once in use never changes under other subscribers.
        planGroup: `${PLAN_PREFIX}${profile.value.group}:${body.nasVendor}:${body.downKbps}-${body.upKbps}`,
        planReply: [...profile.value.attributes, { attribute: 'Acct-Interim-Interval', op: ':=', value: String(INTERIM_SECONDS) }],
        ...(body.framedIp ? { framedIp: body.framedIp } : {}),
      });
      return state(read, changed);
    },
  );
  app.get<At>('/v1/radius/subscribers/:username', schema('The account, what a login would get now, and its open sessions'), async ({ params: { username: user } }) => state(await need('radius.get').store.get(user), false));
  for (const verb of ['suspend', 'resume'] as const) {
    const summary = verb === 'suspend' ? 'Into the walled garden from the next login on; disconnect to make it now' : 'Back to the plan from the next login on';
    app.post<At>(`/v1/radius/subscribers/:username/${verb}`, schema(summary), async ({ params: { username: user } }) => {
      const { changed, ...read } = await need(`radius.${verb}`).store[verb](user);
      return state(read, changed);
    });
  }
  app.post<At>('/v1/radius/subscribers/:username/disconnect', schema('Ends every open session on its NAS'), async ({ params: { username: user } }) => {
    const before = await openIds(user);
    const ended = await endSessions(user);
    return state(await afterStop(user, before), ended);
  });
  app.post<At>('/v1/radius/subscribers/:username/remove', schema('Deletes the account, then ends its sessions; accounting stays'), async ({ params: { username: user } }) => {
    const before = await openIds(user);
    // Rows first: a customer whose session ends while the account exists is back within seconds.
    const { changed } = await need('radius.remove').store.remove(user);
    const ended = await endSessions(user);
    return state(await afterStop(user, before), changed || ended);
  });
}
