// The hub seen from a node, a workflow or an example. Pure: it speaks through `Send`. A refusal (409/422 with `type: 'refused'`) is a value.
import { fromSendFailure, isSendFailure, readJson, VendorError, type HttpRequest, type Refused, type Send } from '../../../core/src/index.ts';
import type * as api from './api.ts';

const VENDOR = 'leadlight-hub';

const KINDS: Readonly<Record<number, VendorError['kind']>> = {
  400: 'rejectedInput', 401: 'unauthorised', 403: 'unauthorised', 404: 'notFound', 409: 'conflict', 422: 'rejectedInput', 429: 'rateLimited', 502: 'unavailable', 503: 'unavailable', 504: 'unavailable',
};

/** @example const hub = hubClient(axiosSend({ baseUrl: 'http://127.0.0.1:5690', headers: { authorization: 'Bearer key' } })); */
export function hubClient(send: Send) {
  async function call<T>(operation: string, request: HttpRequest): Promise<T> {
    const write = request.method !== 'GET';
    let reply;
    try {
      reply = await send(request);
    } catch (error) {
      if (isSendFailure(error)) throw fromSendFailure(error, VENDOR, operation, write);
      throw error;
    }
    if (reply.status === 204) return undefined as T;
    const body = readJson(reply, VENDOR, operation, write) as Record<string, unknown>;
    if (reply.status < 300 || body['type'] === 'refused') return body as T;
    if (body['type'] === 'vendorError') throw new VendorError(body as never);
    throw new VendorError({
      vendor: VENDOR,
      operation,
      kind: KINDS[reply.status] ?? 'unexpectedReply',
      status: reply.status,
      message: String(body['message'] ?? `The hub answered ${reply.status}.`),
      hint: String(body['hint'] ?? (reply.status === 401 ? 'Check the API key of the Leadlight Hub credential.' : 'See the hub log.')),
    });
  }
  const get = <T>(operation: string, path: string, query?: HttpRequest['query']) => call<T>(operation, { method: 'GET', path, ...(query ? { query } : {}) });
  const post = <T>(operation: string, path: string, body: object = {}) => call<T>(operation, { method: 'POST', path, body });
  const seg = encodeURIComponent;

  return {
    health: () => get<{ status: 'ok' }>('health', '/health'),
    events: {
      publish: (event: api.PublishEvent) => post<api.Published>('events.publish', '/v1/events', event),
      list: (query: { after?: number; types?: string; stream?: string; limit?: number } = {}) => get<readonly api.HubEvent[]>('events.list', '/v1/events/list', query),
    },
    subscriptions: {
      create: (body: api.NewSubscription) => post<api.Subscription>('subscriptions.create', '/v1/subscriptions', body),
      list: () => get<readonly api.Subscription[]>('subscriptions.list', '/v1/subscriptions'),
      delete: (id: string) => call<undefined>('subscriptions.delete', { method: 'DELETE', path: `/v1/subscriptions/${seg(id)}` }),
    },
    availability: {
      search: (q: string, limit = 5) => get<api.AddressSearch>('availability.search', '/v1/availability/search', { q, limit }),
      qualify: (body: api.QualifyRequest) => post<api.Qualification>('availability.qualify', '/v1/availability/qualify', body),
    },
    drops: {
      get: (fibreId: number) => get<api.Drop | api.LeaseRefusal>('drops.get', `/v1/drops/${fibreId}`),
      hold: (fibreId: number, body: api.HoldRequest) => post<api.Lease | api.LeaseRefusal>('drops.hold', `/v1/drops/${fibreId}/hold`, body),
      confirm: (fibreId: number, body: api.LeaseMove) => post<api.Lease | api.LeaseRefusal>('drops.confirm', `/v1/drops/${fibreId}/confirm`, body),
      release: (fibreId: number, body: api.LeaseMove) => post<api.Lease | api.LeaseRefusal>('drops.release', `/v1/drops/${fibreId}/release`, body),
      occupy: (fibreId: number, body: api.LeaseMove & { serial: string }) => post<api.Lease | api.LeaseRefusal>('drops.occupy', `/v1/drops/${fibreId}/occupy`, body),
    },
    orders: {
      open: (orderId: string, body: api.OpenOrder) => post<api.OrderOpened | Refused<'orderConflict'>>('orders.open', `/v1/orders/${seg(orderId)}/open`, body),
      record: (orderId: string, body: api.RecordStep) => post<api.StepRecorded>('orders.record', `/v1/orders/${seg(orderId)}/record`, body),
      fallout: (orderId: string, body: api.OpenFallout) => post<api.Fallout>('orders.fallout', `/v1/orders/${seg(orderId)}/fallout`, body),
      get: (orderId: string) => get<api.OrderView>('orders.get', `/v1/orders/${seg(orderId)}`),
    },
    payments: {
      verify: (body: api.PaymentRequest) => post<api.PaymentState | api.PaymentRefusal>('payments.verify', '/v1/payments/verify', body),
      capture: (body: api.PaymentRequest) => post<api.PaymentState | api.PaymentRefusal>('payments.capture', '/v1/payments/capture', body),
      cancel: (body: api.PaymentRequest) => post<api.PaymentState | api.PaymentRefusal>('payments.cancel', '/v1/payments/cancel', body),
      refund: (body: api.PaymentRequest) => post<api.PaymentState | api.PaymentRefusal>('payments.refund', '/v1/payments/refund', body),
    },
    notices: {
      send: (body: api.NoticeRequest) => post<api.Notice>('notices.send', '/v1/notices', body),
      list: (subject: string) => get<readonly api.Notice[]>('notices.list', '/v1/notices', { subject }),
    },
    radius: {
      ensure: (body: api.RadiusSubscriber) => post<api.RadiusState>('radius.ensure', '/v1/radius/subscribers', body),
      get: (username: string) => get<api.RadiusState>('radius.get', `/v1/radius/subscribers/${seg(username)}`),
      suspend: (username: string) => post<api.RadiusState>('radius.suspend', `/v1/radius/subscribers/${seg(username)}/suspend`),
      resume: (username: string) => post<api.RadiusState>('radius.resume', `/v1/radius/subscribers/${seg(username)}/resume`),
      disconnect: (username: string) => post<api.RadiusState>('radius.disconnect', `/v1/radius/subscribers/${seg(username)}/disconnect`),
      remove: (username: string) => post<api.RadiusState>('radius.remove', `/v1/radius/subscribers/${seg(username)}/remove`),
    },
    voltha: {
      get: (serial: string) => get<api.OnuState>('voltha.get', `/v1/voltha/onus/${seg(serial)}`),
      provision: (serial: string, body: api.OnuProvision) => post<api.OnuProvisioned>('voltha.provision', `/v1/voltha/onus/${seg(serial)}/provision`, body),
      deprovision: (serial: string) => post<api.OnuProvisioned>('voltha.deprovision', `/v1/voltha/onus/${seg(serial)}/deprovision`),
      enable: (serial: string) => post<api.OnuState>('voltha.enable', `/v1/voltha/onus/${seg(serial)}/enable`),
      disable: (serial: string) => post<api.OnuState>('voltha.disable', `/v1/voltha/onus/${seg(serial)}/disable`),
      reboot: (serial: string) => post<api.OnuState>('voltha.reboot', `/v1/voltha/onus/${seg(serial)}/reboot`),
      optical: (serial: string) => get<api.OnuOptical>('voltha.optical', `/v1/voltha/onus/${seg(serial)}/optical`),
    },
    devices: {
      settings: (serial: string, body: api.DeviceSettings) => post<api.DeviceSettingsKept>('devices.settings', `/v1/devices/${seg(serial)}/settings`, body),
      activated: (serial: string, body: { orderId: string }) => post<api.Published>('devices.activated', `/v1/devices/${seg(serial)}/activated`, body),
    },
  };
}
export type HubClient = ReturnType<typeof hubClient>;
