// The legacy ONOS olt app, for operators who have not moved to the Go controller (access reference 1.6).
import { fromSendFailure, isSendFailure, readJson, VendorError, type HttpReply, type HttpRequest, type Send } from '../../../core/src/index.ts';

const ONOS = 'onos';
export interface OnosSubscriber {
  /** `of:0000…/256` */
  readonly location: string;
  readonly sVlan: number;
  readonly cVlan: number;
  readonly techProfileId: number;
  readonly upstreamProfile: string;
  readonly downstreamProfile: string;
}
export interface OnosService {
  readonly sVlan: number;
  readonly cVlan: number;
  readonly techProfileId: number;
}
const KINDS: Readonly<Record<number, VendorError['kind']>> = { 401: 'unauthorised', 403: 'unauthorised', 404: 'unexpectedReply', 500: 'rejectedInput', 502: 'unavailable', 503: 'unavailable', 504: 'unavailable' };

/**
 * The olt app of one ONOS. What a subscriber is allowed stands in its Sadis configuration; here it is switched on and off by port name.
 * @param send base URL up to `/onos/olt/oltapp`, with Basic authorization.
 * @throws VendorError unexpectedReply with `detail.cause: 'nothingProvisioned'` for a 204, which says that nothing was done (contract 19).
 * @example await onosOlt(send).provision('BBSM00000001-1')
 */
export function onosOlt(send: Send) {
  async function exchange(operation: string, request: HttpRequest, hint = 'Read the programmed subscribers before repeating.'): Promise<HttpReply> {
    const write = request.method !== 'GET';
    let reply: HttpReply;
    try {
      reply = await send(request);
    } catch (error) {
      if (isSendFailure(error)) throw fromSendFailure(error, ONOS, operation, write);
      throw error;
    }
    const page = /^\s*<(!doctype|html)/i.test(reply.text);
    if (reply.status === 200 && !page) return reply;
    if (reply.status === 204) {
      throw new VendorError({
        vendor: ONOS, operation, kind: 'unexpectedReply', status: 204, message: 'ONOS answered 204: nothing was done.',
        hint: 'Nothing provisioned: has the port a subscriber in Sadis and is it up, or is it so already? Read the programmed subscribers.', detail: { cause: 'nothingProvisioned' },
      });
    }
    const said = page ? 'a web page' : reply.text.trim().slice(0, 200) || 'an empty reply';
    const unknownPort = /ConnectPoint not found/.test(said);
    throw new VendorError({
      vendor: ONOS, operation, status: reply.status, kind: unknownPort ? 'notFound' : page ? 'unexpectedReply' : (KINDS[reply.status] ?? 'unexpectedReply'),
      outcome: write && !unknownPort && reply.status >= 500 ? 'unknown' : 'notApplied',
      message: `ONOS answered ${reply.status} to ${operation}: ${said}.`,
      hint: unknownPort ? 'ONOS does not know this port: is the ONU up, and is the name spelled as VOLTHA spells it?' : page ? 'Is this the address of the olt app (…:8181/onos/olt/oltapp)? A proxy answered.' : reply.status === 401 ? 'Check user and password of ONOS.' : hint,
      detail: { said },
    });
  }
  const path = (port: string, one?: OnosService): string => `/services/${[port, ...(one ? [one.sVlan, one.cVlan, one.techProfileId] : [])].map(encodeURIComponent).join('/')}`;

  return {
    /** Whether the app answers. */
    status: async (): Promise<{ readonly up: true }> => {
      await exchange('status', { method: 'GET', path: '/status' });
      return { up: true };
    },
    /** All services of the port, or one of them. */
    provision: async (port: string, one?: OnosService): Promise<void> => void (await exchange('provision', { method: 'POST', path: path(port, one), ...(one ? { body: {} } : {}) })),
    deprovision: async (port: string, one?: OnosService): Promise<void> => void (await exchange('deprovision', { method: 'DELETE', path: path(port, one), ...(one ? { body: {} } : {}) })),
    /** What is programmed on one OLT (`of:…`), or on all. */
    async programmed(deviceId?: string): Promise<readonly OnosSubscriber[]> {
      const reply = await exchange('programmed', { method: 'GET', path: `/programmed-subscribers${deviceId ? `/${encodeURIComponent(deviceId)}` : ''}` });
      const { entries = [] } = readJson(reply, ONOS, 'programmed') as { entries?: readonly { location: string; tagInfo: Record<string, never> }[] };
      return entries.map(({ location, tagInfo }) => ({
        location, sVlan: Number(tagInfo['ponSTag']), cVlan: Number(tagInfo['ponCTag']), techProfileId: Number(tagInfo['technologyProfileId']),
        upstreamProfile: String(tagInfo['upstreamBandwidthProfile']), downstreamProfile: String(tagInfo['downstreamBandwidthProfile']),
      }));
    },
  };
}
export type OnosOlt = ReturnType<typeof onosOlt>;
