import type { FastifyInstance } from 'fastify';
import type { ServiceState } from '../../../voltha/src/index.ts';
import type { OnuProvision, OnuProvisioned, OnuService, OnuSpeed } from '../api.ts';
import { hubError } from '../replies.ts';
import { object, whole } from './shapes.ts';
import type { VolthaLink } from './volthaLink.ts';
import { atOnu, volthaSchema, type AtOnu } from './volthaShapes.ts';

/** How long an ONU that is just coming up is waited for, and its flows after the controller says they are in. */
const READY_MS = 60_000;
const FLOWS_MS = 30_000;
const kbps = whole(64, 100_000_000);
const speed = { downKbps: kbps, upKbps: kbps, profileBase: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,40}$' } } as const;

/** The service on an ONU (S0-104, S1-089). Every answer is read back from VOLTHA and its controller. */
export function volthaServiceRoutes(app: FastifyInstance, { need, onuOrNone }: VolthaLink): void {
  /** The port with the ONU's service, also when VOLTHA does not know the ONU any more. */
  async function portOf(operation: string, serial: string): Promise<{ readonly port: string; readonly serial: string; readonly lit: boolean }> {
    const onu = await onuOrNone(serial);
    const lit = onu?.connectStatus === 'REACHABLE' && onu.operStatus === 'ACTIVE';
    if (onu?.uni) return { port: onu.uni, serial: onu.serial, lit };
    const [port] = await need(operation).controller.subscribers.portsOf(serial);
    if (!port) throw hubError('notFound', operation, `Neither VOLTHA nor its controller knows a port of ${serial}.`, 'Compare the serial on the label; has the ONT ever been on?');
    return { port, serial: onu?.serial ?? serial, lit };
  }
  const told = (serial: string, { port, flowStatus, upstreamProfile, downstreamProfile, active, flowing, changed }: ServiceState): OnuService => ({ type: 'onuService', serial, port, flowStatus, upstreamProfile, downstreamProfile, active, flowing, changed });

  app.get<AtOnu>('/v1/voltha/onus/:serial/service', volthaSchema('What the ONU carries, and whether its flows are in', 'OnuService', { params: atOnu }), async ({ params }): Promise<OnuService> => {
    const { port, serial } = await portOf('voltha.service', params.serial);
    const { subscribers } = need('voltha.service').controller;
    return told(serial, await subscribers.state(port));
  });

  app.post<AtOnu & { Body: OnuProvision }>(
    '/v1/voltha/onus/:serial/provision',
    volthaSchema('Puts the service on the first UNI and answers once its flows are in', 'OnuProvisioned', {
      params: atOnu, body: object({ sVlan: whole(1, 4094), cVlan: whole(1, 4094), ...speed, techProfileId: whole(64, 255), pppoe: { type: 'boolean' } }, ['sVlan', 'cVlan', 'downKbps', 'upKbps', 'profileBase']),
    }),
    async ({ params, body: { pppoe = false, ...wanted } }): Promise<OnuProvisioned> => {
      const { core: { onus }, controller: { subscribers } } = need('voltha.provision');
      await onus.findBySerial(params.serial);
      const onu = await onus.ensureReady(params.serial, { withinMs: READY_MS });
      const done = await subscribers.provision(onu.uni!, { ...wanted, pppoe, dhcp: !pppoe });
      // The controller speaks for its flows, VOLTHA for the ONU: a service is on when both say so.
      await onus.ensureReady(params.serial, { withinMs: FLOWS_MS, reason: 'omci-flows-pushed' });
      return { type: 'onuProvisioned', serial: onu.serial, ...done };
    },
  );

  app.post<AtOnu & { Body: OnuSpeed }>(
    '/v1/voltha/onus/:serial/change-profile',
    volthaSchema('Another speed on the same VLANs; a suspended service stays suspended, and when the new one does not come the former one is put back', 'OnuService', { params: atOnu, body: object(speed, ['downKbps', 'upKbps', 'profileBase']) }),
    async ({ params, body }): Promise<OnuService> => {
      const { core: { onus }, controller: { subscribers } } = need('voltha.changeProfile');
      const { port, serial, lit } = await portOf('voltha.changeProfile', params.serial);
      const done = await subscribers.changeProfile(port, body);
      if (done.flowing && lit) await onus.ensureReady(params.serial, { withinMs: FLOWS_MS, reason: 'omci-flows-pushed' });
      return told(serial, done);
    },
  );

  app.post<AtOnu>('/v1/voltha/onus/:serial/suspend', volthaSchema('Switches the service off and keeps it; off already is fine', 'OnuService', { params: atOnu }), async ({ params }): Promise<OnuService> => {
    const { port, serial } = await portOf('voltha.suspend', params.serial);
    return told(serial, await need('voltha.suspend').controller.subscribers.suspend(port));
  });
  app.post<AtOnu>('/v1/voltha/onus/:serial/resume', volthaSchema('Switches the service on again; flows are awaited unless the ONU is dark', 'OnuService', { params: atOnu }), async ({ params }): Promise<OnuService> => {
    const { port, serial, lit } = await portOf('voltha.resume', params.serial);
    return told(serial, await need('voltha.resume').controller.subscribers.resume(port, { awaitFlows: lit }));
  });

  app.post<AtOnu>('/v1/voltha/onus/:serial/deprovision', volthaSchema('Takes every service off the ONU, also when it is no longer there', 'OnuProvisioned', { params: atOnu }), async ({ params }): Promise<OnuProvisioned> => {
    const { subscribers } = need('voltha.deprovision').controller;
    const onu = await onuOrNone(params.serial);
    const ports = new Set([...(onu?.uni ? [onu.uni] : []), ...(await subscribers.portsOf(params.serial))]);
    let last: Omit<OnuProvisioned, 'type' | 'serial'> | undefined;
    for (const port of ports) {
      const done = await subscribers.deprovision(port);
      if (done.changed || !last) last = done;
    }
    return { type: 'onuProvisioned', serial: onu?.serial ?? params.serial, ...(last ?? { port: '', flowStatus: 'NOT_IN_CONTROLLER', upstreamProfile: '', downstreamProfile: '', changed: false }) };
  });
}
