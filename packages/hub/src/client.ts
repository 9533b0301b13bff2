// The hub seen from a node, a workflow or an example. Pure: it speaks through `Send`. A refusal (409/422 with `type: 'refused'`) is a value.
import { fromSendFailure, isSendFailure, readJson, VendorError, type HttpRequest, type Refused, type Send } from '../../../core/src/index.ts';
import type * as api from './api.ts';
import { acsMigrationClient } from './acsMigration/client.ts';
import { sipClient } from './clientSip.ts';
import { volthaClient } from './clientVoltha.ts';

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
  const account = (username: string) => `/v1/radius/subscribers/${seg(username)}`;

  return {
    health: () => get<{ status: 'ok' }>('health', '/health'),
    events: {
      publish: (event: api.PublishEvent) => post<api.Published>('events.publish', '/v1/events', event),
      list: (query: { after?: number; types?: string; stream?: string; limit?: number } = {}) => get<readonly api.HubEvent[]>('events.list', '/v1/events/list', query),
    },
    audit: { list: (query: api.AuditQuery = {}) => get<api.AuditPage>('audit.list', '/v1/audit', { ...query }) },
    subscriptions: {
      create: (body: api.NewSubscription) => post<api.Subscription>('subscriptions.create', '/v1/subscriptions', body),
      list: () => get<readonly api.Subscription[]>('subscriptions.list', '/v1/subscriptions'),
      delete: (id: string) => call<undefined>('subscriptions.delete', { method: 'DELETE', path: `/v1/subscriptions/${seg(id)}` }),
    },
    availability: {
      search: (q: string, limit = 5) => get<api.AddressSearch>('availability.search', '/v1/availability/search', { q, limit }),
      qualify: (body: api.QualifyRequest) => post<api.Qualification>('availability.qualify', '/v1/availability/qualify', body),
    },
    addresses: {
      about: () => get<api.BookState>('addresses.about', '/v1/addresses'),
      link: (body: { dryRun?: boolean } = {}) => post<api.LinkRun>('addresses.link', '/v1/addresses/links/run', body),
      linkRun: () => get<api.LinkRun>('addresses.linkRun', '/v1/addresses/links/run'),
      linkReport: () => get<api.LinkReport>('addresses.linkReport', '/v1/addresses/links/report'),
      links: (query: { status?: api.DropLink['status']; after?: number; limit?: number } = {}) => get<api.DropLinkPage>('addresses.links', '/v1/addresses/links', query),
      decideLink: (fibreId: number, body: api.LinkDecision) => call<({ readonly type: 'dropLink' } & api.DropLink) | Refused>('addresses.decideLink', { method: 'PUT', path: `/v1/addresses/links/${fibreId}`, body }),
    },
    coverage: {
      occupancy: () => get<api.CoverageTable>('coverage.occupancy', '/v1/coverage/occupancy'),
      zones: () => get<api.ZoneList>('coverage.zones', '/v1/coverage/zones'),
      setZone: (name: string, body: { municipalities: readonly string[]; postalAreas?: readonly string[] }) => call<{ type: 'zone'; name: string }>('coverage.setZone', { method: 'PUT', path: `/v1/coverage/zones/${seg(name)}`, body }),
      olts: () => get<api.OltCapacityList>('coverage.olts', '/v1/coverage/olts'),
      setOlt: (oltIp: string, body: Omit<api.OltCapacity, 'oltIp' | 'pons'> & Partial<Pick<api.OltCapacity, 'pons'>>) => call<{ readonly type: 'olt' } & api.OltCapacity>('coverage.setOlt', { method: 'PUT', path: `/v1/coverage/olts/${seg(oltIp)}`, body }),
      removeOlt: (oltIp: string) => call<{ readonly type: 'olt'; readonly oltIp: string } | Refused>('coverage.removeOlt', { method: 'DELETE', path: `/v1/coverage/olts/${seg(oltIp)}` }),
      removeZone: (name: string) => call<{ type: 'zone'; name: string } | Refused>('coverage.removeZone', { method: 'DELETE', path: `/v1/coverage/zones/${seg(name)}` }),
      noteWaiting: (body: api.WaitingRequest) => post<api.WaitingNoted>('coverage.noteWaiting', '/v1/coverage/demand/waiting', body),
      demand: (query: { by?: 'street' | 'municipality'; from?: string; to?: string; limit?: number } = {}) => get<api.DemandTable>('coverage.demand', '/v1/coverage/demand', query),
    },
    drops: {
      get: (fibreId: number) => get<api.Drop | api.LeaseRefusal>('drops.get', `/v1/drops/${fibreId}`),
      list: (query: { state?: api.Drop['state']; oltIp?: string; orderId?: string; after?: number; limit?: number } = {}) => get<api.DropPage>('drops.list', '/v1/drops', query),
      speed: (fibreId: number) => get<api.DropSpeed | api.LeaseRefusal>('drops.speed', `/v1/drops/${fibreId}/speed`),
      leases: (query: { state?: api.LeaseView['state']; oltIp?: string; after?: number; limit?: number } = {}) => get<api.LeasePage>('drops.leases', '/v1/drops/leases', query),
      takeBack: (fibreId: number, body: { orderId: string }) => post<api.Lease | api.LeaseRefusal>('drops.takeBack', `/v1/drops/${fibreId}/take-back`, body),
      import: (body: api.DropImport) => post<api.DropsImported>('drops.import', '/v1/drops/import', body),
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
      charge: (body: api.ChargeRequest) => post<api.PaymentState | api.PaymentRefusal>('payments.charge', '/v1/payments/charge', body),
      charges: (accountId: string, query: { before?: string; limit?: number } = {}) => get<api.AccountCharges>('payments.charges', `/v1/payments/accounts/${seg(accountId)}/charges`, query),
      ofOrder: (orderId: string) => get<api.OrderPayments>('payments.ofOrder', `/v1/payments/orders/${seg(orderId)}`),
      catchUp: (body: { since?: string } = {}) => post<api.PaymentCatchUp | Refused>('payments.catchUp', '/v1/payments/catch-up', body),
      catchUpState: () => get<api.PaymentCatchUpState>('payments.catchUpState', '/v1/payments/catch-up'),
      recordTerms: (body: api.TermsRequest) => post<api.PaymentTerms | api.PaymentRefusal>('payments.recordTerms', '/v1/payments/terms', body),
      createPaypalOrder: (body: api.PaypalOrderRequest) => post<api.PaypalOrder | api.PaymentRefusal>('payments.createPaypalOrder', '/v1/payments/paypal/orders', body),
      providers: () => get<api.PaymentProviderList>('payments.providers', '/v1/payments/providers'),
      analytics: (query: { from: string; to: string; currency?: string }) => get<api.PaymentAnalytics | api.PaymentRefusal>('payments.analytics', '/v1/payments/analytics', query),
      methods: {
        list: (accountId: string) => get<api.PaymentMethods>('payments.methods.list', `/v1/payments/accounts/${seg(accountId)}/methods`),
        get: (accountId: string, methodId: string) => get<api.PaymentMethods | api.PaymentRefusal>('payments.methods.get', `/v1/payments/accounts/${seg(accountId)}/methods/${seg(methodId)}`),
        add: (accountId: string, body: { token: string; asDefault?: boolean }) => post<api.PaymentMethods | api.PaymentRefusal>('payments.methods.add', `/v1/payments/accounts/${seg(accountId)}/methods`, body),
        setDefault: (accountId: string, methodId: string) => post<api.PaymentMethods | api.PaymentRefusal>('payments.methods.setDefault', `/v1/payments/accounts/${seg(accountId)}/methods/${seg(methodId)}/default`),
        remove: (accountId: string, methodId: string) => call<api.PaymentMethods | api.PaymentRefusal>('payments.methods.remove', { method: 'DELETE', path: `/v1/payments/accounts/${seg(accountId)}/methods/${seg(methodId)}` }),
      },
    },
    paypalBilling: {
      ensurePlan: (body: api.PaypalPlanRequest) => post<api.PaypalPlan | api.PaypalSubscriptionRefused>('paypalBilling.ensurePlan', '/v1/payments/paypal/plans', body),
      subscribe: (body: api.PaypalSubscribeRequest) => post<api.PaypalSubscriptionState | api.PaypalSubscriptionRefused>('paypalBilling.subscribe', '/v1/payments/paypal/subscriptions', body),
      get: (id: string) => get<api.PaypalSubscriptionState | api.PaypalSubscriptionRefused>('paypalBilling.get', `/v1/payments/paypal/subscriptions/${seg(id)}`),
      move: (id: string, verb: 'activate' | 'suspend' | 'cancel', reason: string) => post<api.PaypalSubscriptionState | api.PaypalSubscriptionRefused>(`paypalBilling.${verb}`, `/v1/payments/paypal/subscriptions/${seg(id)}/${verb}`, { reason }),
      revise: (id: string, body: { planId?: string; quantity?: number }) => post<api.PaypalSubscriptionState | api.PaypalSubscriptionRefused>('paypalBilling.revise', `/v1/payments/paypal/subscriptions/${seg(id)}/revise`, body),
      capture: (id: string, body: { amountMinor: number; currency: string; note: string }) => post<api.PaypalSubscriptionState | api.PaypalSubscriptionRefused>('paypalBilling.capture', `/v1/payments/paypal/subscriptions/${seg(id)}/capture`, body),
    },
    invoices: {
      generate: (subscriptionId: string, body: api.GenerateInvoice) => post<api.Invoice | api.NothingToBill | Refused>('invoices.generate', `/v1/billing/invoices/${seg(subscriptionId)}/generate`, body),
      get: (number: string) => get<api.Invoice>('invoices.get', `/v1/billing/invoices/${seg(number)}`),
      list: (query: { accountId?: string; subscriptionId?: string; after?: number; limit?: number } = {}) => get<api.InvoicePage>('invoices.list', '/v1/billing/invoices', query),
    },
    marketplace: {
      list: () => get<{ readonly type: 'saasSubscriptions'; readonly subscriptions: readonly api.SaasSubscription[] }>('marketplace.list', '/v1/marketplace/subscriptions'),
      resolve: (token: string) => post<({ readonly type: 'saasSubscription' } & api.SaasSubscription) | Refused>('marketplace.resolve', '/v1/marketplace/resolve', { token }),
      activate: (id: string, body: { planId: string; quantity?: number }) => post<api.SaasChanged | Refused>('marketplace.activate', `/v1/marketplace/subscriptions/${seg(id)}/activate`, body),
      change: (id: string, body: { planId: string } | { quantity: number }) => post<api.SaasChanged | Refused>('marketplace.change', `/v1/marketplace/subscriptions/${seg(id)}/change`, body),
      cancel: (id: string) => post<api.SaasChanged | Refused>('marketplace.cancel', `/v1/marketplace/subscriptions/${seg(id)}/cancel`),
      answer: (id: string, operationId: string, success: boolean) => post<api.SaasOperationAnswered | Refused>('marketplace.answer', `/v1/marketplace/subscriptions/${seg(id)}/operations/${seg(operationId)}/answer`, { success }),
      reportUsage: (events: readonly api.SaasUsageEvent[]) => post<api.SaasUsageReported>('marketplace.reportUsage', '/v1/marketplace/usage', { events }),
    },
    notices: {
      send: (body: api.NoticeRequest) => post<api.Notice>('notices.send', '/v1/notices', body),
      list: (subject: string) => get<readonly api.Notice[]>('notices.list', '/v1/notices', { subject }),
    },
    radius: {
      ensure: (body: api.RadiusSubscriber) => post<api.RadiusState>('radius.ensure', '/v1/radius/subscribers', body),
      ensureMany: (subscribers: readonly api.RadiusSubscriber[]) => post<api.RadiusBulk>('radius.ensureMany', '/v1/radius/subscribers/bulk', { subscribers }),
      get: (username: string) => get<api.RadiusState>('radius.get', account(username)),
      list: (query: { prefix?: string; after?: string; limit?: number } = {}) => get<readonly api.RadiusSubscriberRow[]>('radius.list', '/v1/radius/subscribers', query),
      suspend: (username: string, body: api.RadiusGarden = {}) => post<api.RadiusEnforced>('radius.suspend', `${account(username)}/suspend`, body),
      resume: (username: string, body: api.RadiusGarden = {}) => post<api.RadiusEnforced>('radius.resume', `${account(username)}/resume`, body),
      block: (username: string, body: api.RadiusEnforce = {}) => post<api.RadiusEnforced>('radius.block', `${account(username)}/block`, body),
      unblock: (username: string) => post<api.RadiusEnforced>('radius.unblock', `${account(username)}/unblock`),
      changePlan: (username: string, body: api.RadiusPlanWanted & api.RadiusEnforce) => post<api.RadiusEnforced>('radius.changePlan', `${account(username)}/plan`, body),
      throttle: (username: string, body: api.RadiusThrottle) => post<api.RadiusThrottled>('radius.throttle', `${account(username)}/throttle`, body),
      restore: (username: string, body: { cycle?: string } & api.RadiusEnforce = {}) => post<api.RadiusThrottled>('radius.restore', `${account(username)}/restore`, body),
      enforce: (username: string, body: api.RadiusEnforce) => post<api.RadiusEnforced>('radius.enforce', `${account(username)}/enforce`, body),
      disconnect: (username: string) => post<api.RadiusState>('radius.disconnect', `${account(username)}/disconnect`),
      remove: (username: string) => post<api.RadiusState>('radius.remove', `${account(username)}/remove`),
      testLogin: (username: string, body: { method?: 'pap' | 'chap' } = {}) => post<api.RadiusLogin>('radius.testLogin', `${account(username)}/test-login`, body),
      usage: (username: string, query: { from: string; to: string; zone?: string }) => get<api.RadiusUsage>('radius.usage', `${account(username)}/usage`, query),
      plans: {
        ensure: (body: api.RadiusPlanWanted) => post<api.RadiusPlan & { readonly changed: boolean }>('radius.plans.ensure', '/v1/radius/plans', body),
        list: (query: { after?: string; limit?: number } = {}) => get<readonly api.RadiusPlan[]>('radius.plans.list', '/v1/radius/plans', query),
        delete: (group: string) => call<{ readonly type: 'radiusPlanDeleted'; readonly group: string; readonly changed: boolean }>('radius.plans.delete', { method: 'DELETE', path: `/v1/radius/plans/${seg(group)}` }),
      },
      sessions: {
        list: (query: { username?: string; nasIp?: string; after?: string; limit?: number } = {}) => get<readonly api.RadiusListedSession[]>('radius.sessions.list', '/v1/radius/sessions', query),
        disconnect: (body: { username: string; acctSessionId?: string }) => post<api.RadiusSessionsTold>('radius.sessions.disconnect', '/v1/radius/sessions/disconnect', body),
        changeRate: (body: api.RadiusRateChange) => post<api.RadiusSessionsTold>('radius.sessions.changeRate', '/v1/radius/sessions/rate', body),
        closeStale: (body: api.RadiusStale = {}) => post<api.RadiusStaleClosed>('radius.sessions.closeStale', '/v1/radius/sessions/close-stale', body),
      },
      sampleUsage: () => post<{ readonly type: 'radiusSamples'; readonly sessions: number; readonly samples: number }>('radius.sampleUsage', '/v1/radius/usage/sample'),
      nas: {
        list: () => get<readonly api.RadiusNas[]>('radius.nas.list', '/v1/radius/nas'),
        ensure: (body: api.RadiusNasWanted) => post<api.RadiusNas & { readonly changed: boolean; readonly restartNeeded: boolean }>('radius.nas.ensure', '/v1/radius/nas', body),
      },
      strays: () => get<api.RadiusStrays>('radius.strays', '/v1/radius/strays'),
      server: () => get<{ readonly type: 'radiusServer'; readonly answers: boolean; readonly attempts: number }>('radius.server', '/v1/radius/server'),
    },
    voltha: volthaClient(call),
    sipAccounts: sipClient(call),
    acsMigration: acsMigrationClient(call),
    devices: {
      settings: (serial: string, body: api.DeviceSettings) => post<api.DeviceSettingsKept>('devices.settings', `/v1/devices/${seg(serial)}/settings`, body),
      setUp: (serial: string, body: api.DeviceSetUpRequest = {}) => post<api.DeviceSetUp | Refused>('devices.setUp', `/v1/devices/${seg(serial)}/setup`, body),
      activated: (serial: string, body: { orderId: string }) => post<api.Published>('devices.activated', `/v1/devices/${seg(serial)}/activated`, body),
      compareImport: (items: readonly api.DeviceImportItem[]) => post<api.DeviceImported | Refused>('devices.compareImport', '/v1/device-imports/compare', { items }),
      import: (items: readonly api.DeviceImportItem[]) => post<api.DeviceImported | Refused>('devices.import', '/v1/device-imports', { items }),
    },
  };
}
export type HubClient = ReturnType<typeof hubClient>;
