// The hub's HTTP API as types: the server implements it, the client and the nodes speak it. OpenAPI at /docs is made from the
// route schemas in routes/. All routes need `Authorization: Bearer <key>` except where a comment says otherwise.
import type { DropFacts, ExpansionZone, Instant, Json, JsonObject, Refused } from '../../../core/src/index.ts';
import type { BookAbout, DemandKind, DemandRow, DropLink, LeaseView, OccupancyTable, OltCapacity } from './apiAddresses.ts';
export type { DemandRow, DropLink, DropSpeed, LeaseView, LinkRun, OltCapacity } from './apiAddresses.ts';

// ---- events: GET /v1/events (SSE, `?types=order.*,device.*&after=<id>`), GET /v1/events/list, POST /v1/events ----
export interface HubEvent {
  /** Position in the hub's log; resume with it. */
  readonly id: number;
  /** e.g. `order.opened`, `order.completed`, `port.held`, `device.bootstrap`, `notice.sent`. */
  readonly type: string;
  /** e.g. `order-ord_3Nx…`, `drop-12`, `device-RCMG19E01234`. */
  readonly stream: string;
  readonly at: Instant;
  readonly data: JsonObject;
}
/** The same `key` in the same stream is recorded once. */
export interface PublishEvent { readonly type: string; readonly stream: string; readonly key: string; readonly data: JsonObject }
export interface Published { readonly type: 'published'; readonly repeated: boolean; readonly event: HubEvent }

// ---- audit: GET /v1/audit?before=&limit=&who=&about=&outcome=&from=&to= ----
/** `done`: carried out, or found done. `refused`: a no as data. The others are failures: nothing happened, something did, or nobody knows. */
export type AuditOutcome = 'done' | 'refused' | 'notApplied' | 'applied' | 'unknown';
export interface AuditQuery { readonly before?: number; readonly limit?: number; readonly who?: string; readonly about?: string; readonly outcome?: AuditOutcome; readonly from?: Instant; readonly to?: Instant }
export interface AuditRecord {
  readonly id: number;
  readonly at: Instant;
  /** Name of the API key, `acs`, or `public` for callers who prove themselves by a signature. */
  readonly who: string;
  readonly method: string;
  readonly route: string;
  /** Of the path; whatever may name a person is a pseudonym (`p_…`), the same for the same person. */
  readonly params: Readonly<Record<string, string>>;
  /** Null while it runs, and for good when the hub ended meanwhile. */
  readonly status: number | null;
  readonly outcome: AuditOutcome;
  /** Code of the refusal, kind of the failure, or `type` of the answer. */
  readonly code: string | null;
  readonly requestId: string;
}
/** `next` goes into `before`; null on the last page. */
export interface AuditPage { readonly type: 'auditPage'; readonly records: readonly AuditRecord[]; readonly next: number | null }

// ---- webhook subscriptions: POST|GET /v1/subscriptions, DELETE /v1/subscriptions/{id} ----
// Each delivery carries `x-leadlight-signature: t=<unix seconds>,v1=<hex hmac-sha256(secret, "<t>.<raw body>")>` and `x-leadlight-event-id`.
// What was not delivered waits, then is dead: GET /v1/deliveries?state=pending|delivered|dead, POST /v1/deliveries/{id}/retry.
export interface NewSubscription { readonly url: string; readonly types: readonly string[]; readonly secret: string }
export interface Subscription { readonly id: string; readonly url: string; readonly types: readonly string[] }

// ---- availability (public, rate-limited): GET /v1/availability/search?q=&limit= and POST /v1/availability/qualify ----
export type Match = 'exact' | 'choose' | 'streetOnly' | 'none';
export interface AddressCandidate {
  /** Opaque pick-list token; stands for a premises, never for a port. */
  readonly premisesId: string;
  readonly label: string;
  readonly municipality: string;
  readonly postalCode: string;
  readonly score: number;
  /** Only on a place of the operator's own list that the public register lacks. */
  readonly inRegister?: false;
}
export interface AddressSearch { readonly match: Match; readonly candidates: readonly AddressCandidate[]; readonly because: readonly string[] }
export type Availability = 'available' | 'availableNeedsBox' | 'occupied' | 'planned' | 'notCovered';
/** Never says OLT, port, serial or how many neighbours are connected. `occupied` reads `notCovered` plus `contactUs` in public. */
export interface Qualification {
  readonly type: 'qualified';
  readonly availability: 'available' | 'availableNeedsBox' | 'notCovered' | 'planned' | 'contactUs';
  readonly match: Match;
  readonly premises?: AddressCandidate & { readonly fibreId: number; readonly latitude: number; readonly longitude: number };
  readonly candidates: readonly AddressCandidate[];
  readonly maxDownMbps?: number;
  readonly zone?: string;
  readonly message: { readonly fr: string; readonly en: string };
}
export interface QualifyRequest { readonly address?: string; readonly premisesId?: string }

// ---- addresses: GET /v1/addresses, POST|GET /v1/addresses/links/run, GET /v1/addresses/links|links/report, PUT /v1/addresses/links/{fibreId} ----
export type BookState = { readonly type: 'addressBook' } & BookAbout;
export interface LinkDecision { readonly addressId: string | null; readonly by?: string }
export interface DropLinkPage { readonly type: 'dropLinks'; readonly links: readonly DropLink[]; readonly next: number | null }
export interface LinkReport { readonly type: 'linkReport'; readonly drops: number; readonly matched: number; readonly ambiguous: number; readonly unmatched: number; readonly human: number }

// ---- coverage: GET /v1/coverage/occupancy, GET|PUT|DELETE /v1/coverage/zones[/{zone}] and /v1/coverage/olts[/{olt}], GET /v1/coverage/demand[.csv|.geojson|.svg] ----
export type CoverageTable = { readonly type: 'occupancy' } & OccupancyTable;
export interface ZoneList { readonly type: 'zones'; readonly zones: readonly ExpansionZone[] }
export interface OltCapacityList { readonly type: 'olts'; readonly olts: readonly OltCapacity[] }
/** POST /v1/coverage/demand/waiting: a lead left its address to be told. The same `key` counts once. */
export interface WaitingRequest { readonly municipality: string; readonly street: string; readonly key: string; readonly kind?: DemandKind }
export interface WaitingNoted { readonly type: 'waitingNoted'; readonly repeated: boolean }
export interface DemandTable { readonly type: 'demand'; readonly rows: readonly DemandRow[]; readonly asked: number; readonly waiting: number; readonly expectedMrcMinor: number }

// ---- drops and port leases: GET /v1/drops/{fibreId}[/speed], GET /v1/drops/leases[/page], POST /v1/drops/{fibreId}/hold|confirm|release|occupy|take-back ----
export type Drop = DropFacts;
export interface HoldRequest {
  readonly orderId: string;
  /** Default 900 (15 minutes). */
  readonly holdSeconds?: number;
  /** When that port is taken, another one of the same door will do; the answer says which. */
  readonly orAnotherAtDoor?: boolean;
  /** What the order needs: a free port that can carry less is refused (`speedTooHigh`), and another one at the door must carry it as well. */
  readonly downKbps?: number;
  /** When given, the hold is refused (`addressMismatch`) unless it is the drop's own address. */
  readonly address?: { readonly street: string; readonly city: string; readonly postalCode: string };
}
/** GET /v1/drops?state=&oltIp=&orderId=&after=&limit= : who holds what. */
export interface DropPage { readonly type: 'drops'; readonly drops: readonly (Drop & { readonly orderId: string | null; readonly until: Instant | null })[]; readonly next: number | null }
/** GET /v1/drops/leases?state=&oltIp=&after=&limit= : what is leased now, or ran out and was not leased again. */
export interface LeasePage { readonly type: 'leases'; readonly leases: readonly LeaseView[]; readonly next: number | null }
/** POST /v1/drops/import with the CSV of LEADLIGHT_DROPS_CSV. `opened`: per municipality, drops that can be ordered now and could not before. */
export interface DropImport { readonly csv: string }
export interface DropsImported { readonly type: 'dropsImported'; readonly added: number; readonly changed: number; readonly unchanged: number; readonly opened: Readonly<Record<string, number>> }
/** What the port is now, so a repeated `hold` of one's own reservation reads `confirmed`, and of one's own connected port `occupied`. `until` is null then. */
export interface Lease { readonly type: 'held' | 'confirmed' | 'released' | 'occupied'; readonly token: string; readonly until: Instant | null; readonly drop: Drop }
export type LeaseRefusal = Refused<'portHeld' | 'portOccupied' | 'boxMissing' | 'addressMismatch' | 'speedTooHigh' | 'leaseExpired' | 'leaseNotYours' | 'serialInUse' | 'dropUnknown'>;
/** `release` of an occupied port needs the serial of the ONT that was taken away. */
export interface LeaseMove { readonly orderId: string; readonly token: string; readonly serial?: string; readonly reserveDays?: number }

// The order's content never enters the event log (subscribers read it); a step that carries a `status` is the event `order.<status>`, others `order.step`.
// ---- orders: POST /v1/orders/{orderId}/open|record|fallout, GET /v1/orders/{orderId} ----
export interface OpenOrder { readonly order: JsonObject }
export interface OrderOpened {
  readonly type: 'opened';
  /** `new`: go on; `resumed`: an earlier run stopped midway, every step below is safe to repeat; `closed`: nothing left to do. */
  readonly state: 'new' | 'resumed' | 'closed';
  readonly orderId: string;
  readonly status: OrderStatus;
  readonly order: JsonObject;
}
export type OrderStatus = 'acknowledged' | 'inProgress' | 'held' | 'completed' | 'cancelled' | 'failed';
/** `step` is the plan's step key (see fulfilment/planFulfilment); `outcome` of `done` carries what was read back. */
export interface RecordStep { readonly step: string; readonly system: string; readonly outcome: 'intended' | 'done' | 'failed' | 'undone'; readonly readBack?: Json; readonly note?: string; readonly status?: OrderStatus }
/** `at`: when this fact was first recorded, so that a repeated run works with the first run's time. */
export interface StepRecorded { readonly type: 'recorded'; readonly status: OrderStatus; readonly at: Instant }
export interface TimelineEntry { readonly at: Instant; readonly step: string; readonly system: string; readonly outcome: string; readonly readBack?: Json; readonly note?: string }
export interface OrderView { readonly orderId: string; readonly status: OrderStatus; readonly order: JsonObject; readonly timeline: readonly TimelineEntry[]; readonly fallout: readonly Fallout[] }
export interface Fallout { readonly id: string; readonly at: Instant; readonly step: string; readonly owner: string; readonly message: string; readonly hint: string; readonly resolvedAt: Instant | null }
export interface OpenFallout { readonly step: string; readonly owner: string; readonly message: string; readonly hint: string }

// ---- payments: POST /v1/payments/verify|capture|cancel|refund|charge|terms, /v1/payments/paypal/orders, /v1/payments/accounts/{id}/methods, /v1/marketplace/*; POST /v1/payments/webhooks/stripe|paypal and /v1/marketplace/webhook (signature instead of bearer) ----
/** `paymentIntent`: `pi_…` of Stripe, a PayPal order, or `terms:…` of an invoice. `reference` (refunds only) tells one refund from the next of the same amount. */
export interface PaymentRequest { readonly orderId: string; readonly paymentIntent: string; readonly amountMinor: number; readonly currency: string; readonly reference?: string }
export interface PaymentState { readonly type: 'verified' | 'captured' | 'cancelled' | 'refunded' | 'charged'; readonly paymentIntent: string; readonly status: string; readonly amountMinor: number; readonly currency: string; readonly chargeId?: string; readonly repeated: boolean }
/** `attempt` is the rung of the ladder; the same number is the same intended charge. Without a method: the default of the account. */
export interface ChargeRequest { readonly accountId: string; readonly invoiceId: string; readonly attempt?: number; readonly amountMinor: number; readonly currency: string; readonly paymentMethod?: string }
export interface StoredPaymentMethod { readonly id: string; readonly kind: string; readonly brand?: string; readonly last4?: string; readonly expires?: string; readonly isDefault: boolean }
export interface PaymentMethods { readonly type: 'paymentMethods'; readonly methods: readonly StoredPaymentMethod[]; readonly repeated?: boolean; readonly promoted?: string }
export interface PaypalOrderRequest { readonly orderId: string; readonly amountMinor: number; readonly currency: string; readonly attempt?: number; readonly returnUrl?: string; readonly cancelUrl?: string }
export interface PaypalOrder { readonly type: 'paypalOrder'; readonly paymentIntent: string; readonly status: string; readonly amountMinor: number; readonly currency: string; readonly approveUrl: string }
/** `netDays` left out: 30. */
export interface TermsRequest { readonly orderId: string; readonly amountMinor: number; readonly currency: string; readonly netDays?: number; readonly invoicedOn: string }
export interface PaymentTerms { readonly type: 'terms'; readonly paymentIntent: string; readonly amountMinor: number; readonly currency: string; readonly netDays: number; readonly invoicedOn: string; readonly dueOn: string; readonly repeated: boolean }
export interface SaasSubscription { readonly id: string; readonly name: string; readonly offerId: string; readonly planId: string; readonly quantity: number | null; readonly status: string }
export interface SaasChanged { readonly type: 'saasChanged'; readonly subscription: SaasSubscription; readonly repeated: boolean; readonly operationId?: string }
export interface SaasOperationAnswered { readonly type: 'saasOperation'; readonly operation: { readonly id: string; readonly subscriptionId: string; readonly action: string; readonly status: string }; readonly repeated: boolean }
export interface SaasUsageEvent { readonly subscriptionId: string; readonly planId: string; readonly dimension: string; readonly quantity: number; readonly at: Instant }
export interface SaasUsageReported { readonly type: 'saasUsage'; readonly results: readonly (Refused | { readonly type: 'taken'; readonly usageEventId: string; readonly quantity: number; readonly repeated: boolean; readonly differs: boolean })[] }
export type PaymentRefusal = Refused<'paymentUnknown' | 'amountMismatch' | 'currencyMismatch' | 'notPayable' | 'declined' | 'orderMismatch' | 'methodUnknown' | 'badInput'>;

// ---- payments as a whole: apiPayments.ts ----
export type * from './apiPayments.ts';

// ---- notices: POST /v1/notices, GET /v1/notices?subject= ; once per trigger + subject + channel ----
export type NoticeChannel = 'sms' | 'email' | 'chat';
export interface NoticeRequest {
  readonly trigger: string;
  readonly subject: string;
  readonly channel: NoticeChannel;
  /** E.164 number, e-mail address, or a chat room name of the hub's settings (`dispatch`, `sales`, `noc`). */
  readonly to: string;
  readonly language: 'fr' | 'en';
  readonly facts: JsonObject;
}
export interface Notice { readonly type: 'notice'; readonly id: string; readonly trigger: string; readonly subject: string; readonly channel: NoticeChannel; readonly state: 'queued' | 'sent' | 'delivered' | 'failed' | 'suppressed'; readonly repeated: boolean; readonly vendorId?: string; readonly reason?: string }

// ---- RADIUS accounts: GET|POST /v1/radius/subscribers, POST …/bulk, GET …/{username}, POST …/{username}/suspend|resume|block|unblock|plan|throttle|restore|enforce|disconnect|remove|test-login ----
export type NasVendorName = 'mikrotik' | 'cisco' | 'juniper' | 'nokia' | 'huawei' | 'wispr';
export interface RadiusPlanWanted { readonly planSku: string; readonly downKbps: number; readonly upKbps: number; readonly nasVendor: NasVendorName }
export interface RadiusSubscriber extends RadiusPlanWanted { readonly username: string; readonly framedIp?: string; readonly delegatedPrefix?: string }
/** A direction is null where the router is told a name instead of a number. */
export interface RadiusRates { readonly downKbps: number | null; readonly upKbps: number | null }
/** `pendingSince`: sessions that began before then have not been told of the last change. */
export interface RadiusState { readonly type: 'radiusSubscriber'; readonly username: string; readonly access: 'active' | 'walledGarden' | 'rejected' | 'absent'; readonly throttled: boolean; readonly planGroup: string | null; readonly framedIp: string | null; readonly rates: RadiusRates | null; readonly attributes: Readonly<Record<string, string>>; readonly sessions: readonly RadiusSession[]; readonly pendingSince: Instant | null; readonly changed: boolean }
export interface RadiusSession { readonly acctSessionId: string; readonly nasIp: string; readonly framedIp: string | null; readonly startedAt: Instant; readonly inputOctets: string; readonly outputOctets: string }
/** How running sessions learn of a change: not at all, by CoA, by CoA and where that fails by Disconnect, or by Disconnect. Default `nextLogin`. */
export type RadiusEnforcement = 'nextLogin' | 'coa' | 'coaThenDisconnect' | 'disconnect';
export interface RadiusTold { readonly acctSessionId: string; readonly nasIp: string; readonly result: 'changed' | 'disconnected' | 'alreadyOffline' | 'pending'; readonly because?: { readonly kind: string; readonly message: string; readonly hint: string; readonly outcome: string } }
/** `enforced`: every session that ran before the change knows it or is gone. The tables have the change either way. */
export interface RadiusEnforced extends RadiusState { readonly enforced: boolean; readonly told: readonly RadiusTold[] }
export interface RadiusEnforce { readonly enforce?: RadiusEnforcement }
/** Default `nonPayment`; `any` (resume only) takes every fence away. */
export interface RadiusGarden extends RadiusEnforce { readonly reason?: string }
export interface RadiusThrottle extends RadiusPlanWanted, RadiusEnforce { readonly cycle: string }
/** `lifted`: the speed was given back in this cycle, so it stays. */
export interface RadiusThrottled extends RadiusEnforced { readonly cycle: string | null; readonly throttle: 'throttled' | 'lifted' | 'never' }
export interface RadiusSubscriberRow { readonly username: string; readonly access: RadiusState['access']; readonly throttled: boolean; readonly planGroup: string | null; readonly framedIp: string | null; readonly rates: RadiusRates | null; readonly online: number }
export interface RadiusBulk { readonly type: 'radiusBulk'; readonly made: number; readonly failed: number; readonly results: readonly ({ readonly username: string; readonly ok: true; readonly changed: boolean; readonly access: RadiusState['access'] } | { readonly username: string; readonly ok: false; readonly kind: string; readonly message: string; readonly hint: string })[] }
/** `agrees`: the server answered what the tables say it must. */
export interface RadiusLogin { readonly type: 'radiusLogin'; readonly username: string; readonly method: 'pap' | 'chap'; readonly result: 'accepted' | 'rejected' | 'challenged'; readonly attributes: Readonly<Record<string, string>>; readonly agrees: boolean; readonly differs: readonly string[] }
// ---- RADIUS, the rest: GET|POST /v1/radius/plans, DELETE …/plans/{group}; GET /v1/radius/sessions, POST …/sessions/disconnect|rate|close-stale; GET …/subscribers/{username}/usage, POST /v1/radius/usage/sample; GET|POST /v1/radius/nas; GET /v1/radius/strays, /v1/radius/server ----
export interface RadiusPlan { readonly type: 'radiusPlan'; readonly group: string; readonly rates: RadiusRates | null; readonly attributes: Readonly<Record<string, string>>; readonly subscribers: number }
export interface RadiusListedSession extends RadiusSession { readonly id: string; readonly username: string; readonly lastHeardAt: Instant; readonly nasPort: string | null }
export interface RadiusSessionsTold { readonly type: 'radiusSessions'; readonly username: string; readonly done: number; readonly failed: number; readonly sessions: readonly RadiusTold[] }
export interface RadiusRateChange { readonly username: string; readonly acctSessionId?: string; readonly planSku?: string; readonly downKbps: number; readonly upKbps: number; readonly nasVendor?: NasVendorName }
export interface RadiusStale { readonly username?: string; readonly nasIp?: string; readonly silentSeconds?: number; readonly dryRun?: boolean }
export interface RadiusStaleClosed { readonly type: 'radiusStaleSessions'; readonly dryRun: boolean; readonly closed: readonly { readonly username: string; readonly acctSessionId: string; readonly nasIp: string; readonly lastHeardAt: Instant }[] }
/** Sums of sessions that began in the period, and, from samples, the traffic of each civil day. Octets are decimal text. */
export interface RadiusUsage { readonly type: 'radiusUsage'; readonly username: string; readonly from: Instant; readonly to: Instant; readonly zone: string; readonly uploadOctets: string; readonly downloadOctets: string; readonly sessions: number; readonly reachingBeyond: number; readonly byDay: { readonly uploadOctets: string; readonly downloadOctets: string; readonly days: readonly { readonly day: string; readonly uploadOctets: string; readonly downloadOctets: string }[] } }
export interface RadiusNas { readonly name: string; readonly shortName: string | null; readonly type: string; readonly description: string | null; readonly hasSecret: boolean }
/** The secret is the hub's own (LEADLIGHT_RADIUS_NAS_SECRETS). */
export interface RadiusNasWanted { readonly name: string; readonly shortName: string; readonly type?: string; readonly description?: string }
export interface RadiusStrays { readonly type: 'radiusStrays'; readonly withoutGroup: readonly string[]; readonly withoutPassword: readonly string[]; readonly duplicatePassword: readonly string[]; readonly wrongOperator: readonly string[]; readonly severalPlans: readonly string[]; readonly emptyGroups: readonly string[]; readonly unusedPlans: readonly string[] }

// ---- VOLTHA: apiVoltha.ts ----
export type * from './apiVoltha.ts';

// ---- devices: POST /v1/device-events (token of the ACS), GET /v1/devices/{serial}/provision, POST /v1/devices/{serial}/activated ----
export interface DeviceEvent { readonly deviceId: string; readonly serial: string; readonly oui: string; readonly productClass: string; readonly event: string; readonly at: Instant; readonly ip?: string; readonly firmware?: string }
/** What the ACS fetches by itself, so that secrets never pass through n8n. Put by POST /v1/devices/{serial}/settings (secrets are minted here, once). */
export interface DeviceSettings { readonly orderId: string; readonly wifi?: { readonly ssid: string }; readonly voip?: { readonly username: string; readonly domain: string; readonly registrar: string }; readonly vlan?: number }
export interface DeviceProvision { readonly wifi?: { readonly ssid: string; readonly password: string }; readonly voip?: { readonly username: string; readonly password: string; readonly domain: string; readonly registrar: string }; readonly vlan?: number }
/** For a device of Oktopus, which fetches nothing by itself: POST /v1/devices/{serial}/setup. `wanted` are capabilities beside the kept settings; `leftOut` those its model lacks. */
export interface DeviceSetUpRequest { readonly wanted?: Readonly<Record<string, string | number | boolean>> }
export interface DeviceSetUp { readonly type: 'deviceSetUp'; readonly serial: string; readonly model: string; readonly needsReboot: boolean; readonly parameters: readonly { readonly path: string; readonly verdict: string }[]; readonly leftOut: readonly string[] }
export interface DeviceSettingsKept { readonly type: 'deviceSettings'; readonly serial: string; readonly wifiSsid: string | null; readonly voipUsername: string | null; readonly repeated: boolean }

// ---- SIP accounts of devices with a telephone line: apiSip.ts ----
export type * from './apiSip.ts';

// ---- device imports: POST /v1/device-imports/compare, POST /v1/device-imports: what the old provisioning tables knew, secrets included ----
export interface DeviceImportItem { readonly serial: string; /** The Service Equipment it belongs to. */ readonly equipment: string; readonly wifi?: { readonly ssid: string; readonly password: string }; readonly voip?: { readonly username: string; readonly password: string; readonly domain: string; readonly registrar: string } }
/** `order`: the device has settings of an order, which are newer and stay. */
export interface DeviceImported { readonly type: 'deviceImport'; readonly items: readonly { readonly serial: string; readonly kept: 'absent' | 'same' | 'differs' | 'order'; readonly written: boolean }[] }

// ---- moving the fleet to another ACS ----
export type * from './acsMigration/api.ts';
