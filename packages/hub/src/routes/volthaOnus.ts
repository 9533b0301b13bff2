import type { FastifyInstance } from 'fastify';
import { refuse } from '../../../../core/src/index.ts';
import type { Onu } from '../../../voltha/src/index.ts';
import type { OnuAlarms, OnuDetails, OnuList, OnuQuery, OnuRemoved, OnuState, OnuSwitch } from '../api.ts';
import { answer } from '../replies.ts';
import { id, object, whole } from './shapes.ts';
import type { VolthaLink } from './volthaLink.ts';
import { atOnu, volthaSchema, type AtOnu } from './volthaShapes.ts';

const state = (onu: Onu): OnuState => ({ type: 'onu', ...onu });
const switchBody = { ...object({ by: { type: 'string', enum: ['omci', 'ploam', 'serial'] } }), type: ['object', 'null'] } as const;
const VERBS = { enable: { omci: 'enable', ploam: 'unblock', serial: 'unblockSerial' }, disable: { omci: 'disable', ploam: 'block', serial: 'blockSerial' } } as const;

/** ONUs as VOLTHA sees them (S0-106, S0-107). */
export function volthaOnuRoutes(app: FastifyInstance, { need, onuOrNone, withLight }: VolthaLink): void {
  app.get<{ Querystring: OnuQuery }>(
    '/v1/voltha/onus',
    volthaSchema('ONUs by OLT, PON and state, with the last level measured', 'OnuList', { querystring: object({ olt: id(), pon: whole(0, 255), state: { type: 'string', enum: ['up', 'down'] }, limit: whole(1, 50_000) }) }),
    async ({ query }): Promise<OnuList> => {
      const { core } = need('voltha.list');
      const oltDeviceId = query.olt === undefined ? undefined : (await core.olts.get(query.olt)).deviceId;
      const all = await core.onus.list({ ...(oltDeviceId ? { oltDeviceId } : {}), ...(query.pon === undefined ? {} : { ponPort: query.pon }) });
      const fit = query.state === undefined ? all : all.filter((one) => one.ready === (query.state === 'up'));
      return { type: 'onus', total: fit.length, onus: await withLight(fit.slice(0, query.limit ?? 1_000)) };
    },
  );

  app.get<AtOnu>('/v1/voltha/onus/:serial', volthaSchema('An ONU by its serial, in any spelling', 'OnuState', { params: atOnu }), async ({ params }): Promise<OnuState> => state(await need('voltha.get').core.onus.findBySerial(params.serial)));

  for (const verb of ['enable', 'disable'] as const) {
    const summary = verb === 'enable' ? 'Enables; enabled already is fine. `by` as it was disabled' : 'Disables: the customer is cut off. `by` omci locks the UNIs, ploam shuts the laser';
    app.post<AtOnu & { Body: OnuSwitch | null }>(`/v1/voltha/onus/:serial/${verb}`, volthaSchema(summary, 'OnuState', { params: atOnu, body: switchBody }), async ({ params, body }): Promise<OnuState> => {
      const how = VERBS[verb][body?.by ?? 'omci'];
      return state((await need(`voltha.${verb}`).core.onus[how](params.serial)).onu);
    });
  }
  app.post<AtOnu>('/v1/voltha/onus/:serial/reboot', volthaSchema('Reboots, sent exactly once; after a timeout read the ONU before asking again', 'OnuState', { params: atOnu }), async ({ params }): Promise<OnuState> => state((await need('voltha.reboot').core.onus.reboot(params.serial)).onu));

  app.delete<AtOnu & { Querystring: { evenWithService?: boolean } }>(
    '/v1/voltha/onus/:serial',
    volthaSchema('Deletes the record of an ONU; one that carries a service only when told so', 'OnuRemoved', { params: atOnu, querystring: object({ evenWithService: { type: 'boolean' } }) }),
    async ({ params, query }, reply) => {
      const { core, controller } = need('voltha.remove');
      const ports = query.evenWithService ? [] : await controller.subscribers.portsOf(params.serial);
      if (ports.length > 0) return answer(reply, refuse('onuHasService', `The ONU still carries a service on ${ports.join(', ')}.`, { path: 'serial', hint: 'Deprovision it first, or send evenWithService=true.' }));
      return { type: 'onuRemoved', serial: params.serial, ...(await core.onus.remove(params.serial)) } satisfies OnuRemoved;
    },
  );

  app.get<AtOnu>('/v1/voltha/onus/:serial/alarms', volthaSchema('Alarms the ONU holds active now', 'OnuAlarms', { params: atOnu }), async ({ params }): Promise<OnuAlarms> => ({ type: 'onuAlarms', ...(await need('voltha.alarms').core.onus.activeAlarms(params.serial)) }));

  app.get<AtOnu>('/v1/voltha/onus/:serial/details', volthaSchema('Ports, link behind the ONT, distance; what cannot be read is null', 'OnuDetails', { params: atOnu }), async ({ params }): Promise<OnuDetails> => {
    const { onus } = need('voltha.details').core;
    const known = await onuOrNone(params.serial);
    const ports = await onus.ports(params.serial);
    const uni = known?.connectStatus === 'REACHABLE' ? await onus.uniInfo(params.serial).catch(() => null) : null;
    const { serial, metres } = await onus.distance(params.serial).catch(() => ({ serial: known?.serial ?? params.serial, metres: null }));
    return { type: 'onuDetails', serial, metres, ports, uni: uni && { locked: uni.locked, linkUp: uni.linkUp, speed: uni.speed } };
  });
}
