import type { FastifyInstance } from 'fastify';
import { refuse, type Refused } from '../../../../core/src/index.ts';
import type { Olt } from '../../../voltha/src/index.ts';
import type { OltRemoved, OltState, OltWanted, PonState } from '../api.ts';
import { answer } from '../replies.ts';
import { id, object, whole } from './shapes.ts';
import type { VolthaLink } from './volthaLink.ts';
import { atOlt, volthaListSchema, volthaSchema, type AtOlt } from './volthaShapes.ts';

const GPON_ONUS = 128;
const state = ({ type: kind, ...olt }: Olt, changed = false): OltState => ({ type: 'olt', kind, ...olt, changed });
const even = { evenWithOnus: { type: 'boolean' } } as const;
const hostAndPort = { type: 'string', pattern: '^([A-Za-z0-9.-]{1,253}|\\[[0-9a-fA-F:]{2,45}\\]):\\d{1,5}$' } as const;
const carries = ({ onus, hostAndPort: at }: Olt, what: string): Refused => refuse('oltHasOnus', `OLT ${at} carries ${onus} ONUs: ${what} takes every one of them down.`, { path: 'evenWithOnus', hint: 'Send evenWithOnus: true when that is what you want.' });

/** OLTs, and who is on their PONs (S0-93, S0-106, S1-089). */
export function volthaOltRoutes(app: FastifyInstance, { need, withLight }: VolthaLink): void {
  app.get('/v1/voltha/olts', volthaListSchema('Every OLT: up or not, and how many ONUs it carries', 'OltState'), async (): Promise<readonly OltState[]> => (await need('voltha.olts.list').core.olts.list()).map((one) => state(one)));

  app.post<{ Body: OltWanted }>(
    '/v1/voltha/olts',
    volthaSchema('Registers an OLT by its address and enables it; registered already is fine', 'OltState', { body: object({ hostAndPort, kind: { type: 'string', pattern: '^[a-z0-9_-]{1,40}$' }, enable: { type: 'boolean' } }, ['hostAndPort']) }),
    async ({ body }): Promise<OltState> => {
      const { olts } = need('voltha.olts.add').core;
      const { olt, created } = await olts.create(body.hostAndPort, body.kind);
      if (body.enable === false) return state(olt, created);
      const enabled = await olts.enable(olt.deviceId);
      return state(enabled.olt, created || enabled.changed);
    },
  );

  app.get<AtOlt>('/v1/voltha/olts/:olt', volthaSchema('An OLT by device ID, serial, host:port or host', 'OltState', { params: atOlt }), async ({ params }): Promise<OltState> => state(await need('voltha.olts.get').core.olts.get(params.olt)));

  app.post<AtOlt>('/v1/voltha/olts/:olt/enable', volthaSchema('Enables an OLT and waits until it answers; `up` says whether it did', 'OltState', { params: atOlt }), async ({ params }): Promise<OltState> => {
    const { olt, changed } = await need('voltha.olts.enable').core.olts.enable(params.olt);
    return state(olt, changed);
  });
  app.post<AtOlt & { Body: { evenWithOnus?: boolean } | null }>(
    '/v1/voltha/olts/:olt/disable',
    volthaSchema('Disables an OLT; one that carries ONUs only when told so', 'OltState', { params: atOlt, body: { ...object(even), type: ['object', 'null'] } }),
    async ({ params, body }, reply) => {
      const { olts } = need('voltha.olts.disable').core;
      const before = await olts.get(params.olt);
      if (before.onusUp > 0 && !body?.evenWithOnus) return answer(reply, carries(before, 'disabling it'));
      const { olt, changed } = await olts.disable(before.deviceId);
      return state(olt, changed);
    },
  );
  app.delete<AtOlt & { Querystring: { evenWithOnus?: boolean } }>(
    '/v1/voltha/olts/:olt',
    volthaSchema('Deletes an OLT with its ONUs; one that carries any only when told so. Not there already is fine', 'OltRemoved', { params: atOlt, querystring: object(even) }),
    async ({ params, query }, reply) => {
      const { olts } = need('voltha.olts.remove').core;
      const there = (await olts.list()).length > 0 ? await olts.get(params.olt).catch((error: { kind?: string }) => { if (error.kind !== 'notFound') throw error; return undefined; }) : undefined;
      if (there && there.onus > 0 && !query.evenWithOnus) return answer(reply, carries(there, 'deleting it'));
      return { type: 'oltRemoved', olt: params.olt, ...(await olts.remove(there?.deviceId ?? params.olt)) } satisfies OltRemoved;
    },
  );

  app.get<{ Params: { olt: string; pon: number } }>(
    '/v1/voltha/olts/:olt/pons/:pon',
    volthaSchema('Who is on a PON: state and last level of each ONU, and how many more fit', 'PonState', { params: object({ olt: id(), pon: whole(0, 255) }, ['olt', 'pon']) }),
    async ({ params }): Promise<PonState> => {
      const { olts, onus } = need('voltha.olts.pon').core;
      const { deviceId, up } = await olts.get(params.olt);
      const there = await onus.list({ oltDeviceId: deviceId, ponPort: params.pon });
      return { type: 'pon', oltDeviceId: deviceId, ponPort: params.pon, oltUp: up, onus: await withLight(there), up: there.filter((one) => one.ready).length, free: Math.max(0, GPON_ONUS - there.length) };
    },
  );
}
