import type { FastifyInstance } from 'fastify';
import { VendorError } from '../../../../core/src/index.ts';
import { PLAN_PREFIX, type PlanState } from '../../../radius/src/index.ts';
import type { RadiusNas, RadiusNasWanted, RadiusPlan, RadiusPlanWanted, RadiusStrays } from '../api.ts';
import { answer } from '../replies.ts';
import { describe, groupName, planFields, planNames, planOf, type Need } from './radiusShapes.ts';
import { line, object, okList, whole } from './shapes.ts';

const joined = (pairs: PlanState['attributes']): Readonly<Record<string, string>> => {
  const out: Record<string, string> = {};
  for (const [name, value] of pairs) out[name] = name in out ? `${out[name]}; ${value}` : value;
  return out;
};
const shown = ({ group, rates, attributes, subscribers }: PlanState): RadiusPlan => ({ type: 'radiusPlan', group, rates, attributes: joined(attributes), subscribers });

/** Plans as groups, routers, and the report of what lies about in the tables. */
export function radiusPlanRoutes(app: FastifyInstance, need: Need): void {
  app.get<{ Querystring: { after?: string; limit?: number } }>(
    '/v1/radius/plans',
    { schema: { tags: ['radius'], summary: 'Plans by name, with how many subscribers are on each', querystring: object({ after: groupName, limit: whole(1, 1000) }), response: okList('RadiusPlan') } },
    async ({ query }) => (await need('radius.plans.list').store.plans.list(query)).map(shown),
  );
  app.post<{ Body: RadiusPlanWanted }>('/v1/radius/plans', describe('Creates a plan: its group is named after SKU, maker and rates', 'RadiusPlan', { body: object(planFields, planNames) }), async ({ body }, reply) => {
    const { store } = need('radius.plans.ensure');
    const plan = planOf(body);
    if (plan.type === 'refused') return answer(reply, plan);
    const { changed, ...state } = await store.plans.ensure(plan.value.planGroup, plan.value.planReply);
    return { ...shown(state), changed };
  });
  app.delete<{ Params: { group: string } }>('/v1/radius/plans/:group', describe('Deletes a plan nobody is on', 'RadiusPlanDeleted', { params: object({ group: { type: 'string', pattern: `^${PLAN_PREFIX}[A-Za-z0-9@._:/ -]{1,240}$` } }, ['group']) }), async ({ params }) =>
    ({ type: 'radiusPlanDeleted', group: params.group, changed: await need('radius.plans.delete').store.plans.remove(params.group) }));

  app.get('/v1/radius/nas', { schema: { tags: ['radius'], summary: 'Routers FreeRADIUS knows, without their secrets', response: okList('RadiusNas') } }, async (): Promise<readonly RadiusNas[]> => need('radius.nas.list').store.nas.list());
  app.post<{ Body: RadiusNasWanted }>(
    '/v1/radius/nas',
    describe('Registers a router with the secret the hub has for it; FreeRADIUS reads routers at its start', 'RadiusNas', { body: object({ name: { type: 'string', pattern: '^[A-Za-z0-9.:/_-]{1,128}$' }, shortName: { type: 'string', pattern: '^[A-Za-z0-9._-]{1,32}$' }, type: { type: 'string', pattern: '^[a-z0-9_-]{1,30}$' }, description: line() }, ['name', 'shortName']) }),
    async ({ body }) => {
      const { store, config } = need('radius.nas.ensure');
      const secrets = config.radius?.nasSecrets ?? {};
      const secret = Object.hasOwn(secrets, body.name) ? secrets[body.name] : undefined;
      if (!secret) throw new VendorError({ vendor: 'radius', operation: 'radius.nas.ensure', kind: 'rejectedInput', message: `There is no secret for NAS ${body.name}.`, hint: `Add ${body.name}=<secret> to LEADLIGHT_RADIUS_NAS_SECRETS; secrets do not pass through n8n.` });
      return store.nas.ensure({ ...body, secret });
    },
  );
  app.get('/v1/radius/strays', describe('Accounts without group or password, double passwords, empty groups, unused plans', 'RadiusStrays'), async (): Promise<RadiusStrays> => ({ type: 'radiusStrays', ...(await need('radius.strays').store.strays()) }));
}
