import type { FastifyInstance } from 'fastify';
import { isVendorError } from '../../../../core/src/index.ts';
import { axiosSend } from '../../../http/src/send.ts';
import { vgc, voltha, type Onu } from '../../../voltha/src/index.ts';
import type { OnuOptical, OnuProvision, OnuProvisioned, OnuState } from '../api.ts';
import type { Deps } from '../deps.ts';
import { hubError } from '../replies.ts';
import { object, ok, serial, whole } from './shapes.ts';

const params = object({ serial }, ['serial']);
type At = { Params: { serial: string } };
const state = (onu: Onu): OnuState => ({ type: 'onu', ...onu });
/** How long an ONU that is just coming up is waited for, and its flows after the controller says they are in. */
const READY_MS = 60_000;
const FLOWS_MS = 30_000;

/** ONUs and the services on them (S0-104…107, S1-089, S1-093). Every answer is read back from VOLTHA and its controller. */
export function volthaRoutes(app: FastifyInstance, { config, clock }: Deps): void {
  const schema = (summary: string, answer: string, body?: object) => ({ schema: { tags: ['voltha'], summary, params, ...(body ? { body } : {}), response: ok(answer) } });
  const off = (operation: string) => hubError('unavailable', operation, 'This hub is not connected to a VOLTHA.', 'Set LEADLIGHT_VOLTHA_ADDRESS and LEADLIGHT_VGC_URL.');
  const where = config.voltha;
  const core = where && voltha({ address: where.address, tls: where.tls ?? false, clock });
  const controller = where && vgc(axiosSend({ baseUrl: where.vgcUrl }), clock);
  app.addHook('onClose', async () => core?.close());
  const need = (operation: string) => {
    if (!core || !controller) throw off(operation);
    return { onus: core.onus, optical: core.optical, subscribers: controller.subscribers };
  };

  app.get<At>('/v1/voltha/onus/:serial', schema('An ONU by its serial, in any spelling', 'OnuState'), async ({ params: { serial: one } }): Promise<OnuState> => state(await need('voltha.get').onus.findBySerial(one)));

  app.get<At>('/v1/voltha/onus/:serial/optical', schema('Optical levels from both ends, with a verdict', 'OnuOptical'), async ({ params: { serial: one } }): Promise<OnuOptical> => {
    const { serial: read, rxPowerDbm, txPowerDbm, oltRxPowerDbm, verdict, because } = await need('voltha.optical').optical(one);
    return { type: 'onuOptical', serial: read, rxPowerDbm, txPowerDbm, oltRxPowerDbm, verdict, because };
  });

  app.post<At & { Body: OnuProvision }>(
    '/v1/voltha/onus/:serial/provision',
    schema(
      'Puts the service on the first UNI and answers once its flows are in',
      'OnuProvisioned',
      object(
        { sVlan: whole(1, 4094), cVlan: whole(1, 4094), downKbps: whole(64, 100_000_000), upKbps: whole(64, 100_000_000), techProfileId: whole(64, 255), profileBase: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,40}$' } },
        ['sVlan', 'cVlan', 'downKbps', 'upKbps', 'profileBase'],
      ),
    ),
    async ({ params: { serial: one }, body }): Promise<OnuProvisioned> => {
      const { onus, subscribers } = need('voltha.provision');
      await onus.findBySerial(one);
      const onu = await onus.ensureReady(one, { withinMs: READY_MS });
      const done = await subscribers.provision(onu.uni!, body);
      // The controller speaks for its flows, VOLTHA for the ONU: a service is on when both say so.
      await onus.ensureReady(one, { withinMs: FLOWS_MS, reason: 'omci-flows-pushed' });
      return { type: 'onuProvisioned', serial: onu.serial, ...done };
    },
  );

  app.post<At>('/v1/voltha/onus/:serial/deprovision', schema('Takes every service off the ONU, also when it is no longer there', 'OnuProvisioned'), async ({ params: { serial: one } }): Promise<OnuProvisioned> => {
    const { onus, subscribers } = need('voltha.deprovision');
    const ports = await subscribers.portsOf(one);
    let last: Omit<OnuProvisioned, 'type' | 'serial'> | undefined;
    for (const port of ports) last = await subscribers.deprovision(port);
    if (last) return { type: 'onuProvisioned', serial: one, ...last };
    const onu = await onus.findBySerial(one).catch((error: unknown) => {
      if (isVendorError(error) && error.kind === 'notFound') return undefined;
      throw error;
    });
    return { type: 'onuProvisioned', serial: onu?.serial ?? one, port: onu?.uni ?? '', flowStatus: 'NOT_IN_CONTROLLER', upstreamProfile: '', downstreamProfile: '', changed: false };
  });

  app.post<At>('/v1/voltha/onus/:serial/enable', schema('Enables; enabled already is fine', 'OnuState'), async ({ params: { serial: one } }): Promise<OnuState> => state((await need('voltha.enable').onus.enable(one)).onu));
  app.post<At>('/v1/voltha/onus/:serial/disable', schema('Disables: the customer is cut off', 'OnuState'), async ({ params: { serial: one } }): Promise<OnuState> => state((await need('voltha.disable').onus.disable(one)).onu));
  app.post<At>('/v1/voltha/onus/:serial/reboot', schema('Reboots, sent exactly once; after a timeout read the ONU before asking again', 'OnuState'), async ({ params: { serial: one } }): Promise<OnuState> => state((await need('voltha.reboot').onus.reboot(one)).onu));
}
