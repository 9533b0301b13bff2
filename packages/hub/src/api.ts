// The hub's HTTP API as types: the server implements it, the client and the nodes speak it. OpenAPI at /docs is made from the
// route schemas in routes/. All routes need `Authorization: Bearer <key>` except where a comment says otherwise.
import type { DropFacts, Instant, Json, JsonObject, Refused } from '../../../core/src/index.ts';

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

// ---- drops and port leases: GET /v1/drops/{fibreId}, POST /v1/drops/{fibreId}/hold|confirm|release|occupy ----
export type Drop = DropFacts;
export interface HoldRequest {
  readonly orderId: string;
  /** Default 900 (15 minutes). */
  readonly holdSeconds?: number;
  /** When given, the hold is refused (`addressMismatch`) unless it is the drop's own address. */
  readonly address?: { readonly street: string; readonly city: string; readonly postalCode: string };
}
/** What the port is now, so a repeated `hold` of one's own reservation reads `confirmed`, and of one's own connected port `occupied`. `until` is null then. */
export interface Lease { readonly type: 'held' | 'confirmed' | 'released' | 'occupied'; readonly token: string; readonly until: Instant | null; readonly drop: Drop }
export type LeaseRefusal = Refused<'portHeld' | 'portOccupied' | 'boxMissing' | 'addressMismatch' | 'leaseExpired' | 'leaseNotYours' | 'serialInUse' | 'dropUnknown'>;
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

// ---- payments: POST /v1/payments/verify|capture|cancel|refund, POST /v1/payments/webhooks/stripe (signature instead of bearer) ----
/** `reference` (refunds only) tells one refund from the next of the same amount. */
export interface PaymentRequest { readonly orderId: string; readonly paymentIntent: string; readonly amountMinor: number; readonly currency: string; readonly reference?: string }
export interface PaymentState { readonly type: 'verified' | 'captured' | 'cancelled' | 'refunded'; readonly paymentIntent: string; readonly status: string; readonly amountMinor: number; readonly currency: string; readonly chargeId?: string; readonly repeated: boolean }
export type PaymentRefusal = Refused<'paymentUnknown' | 'amountMismatch' | 'currencyMismatch' | 'notPayable' | 'declined' | 'orderMismatch'>;

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

// ---- RADIUS: POST /v1/radius/subscribers, GET /v1/radius/subscribers/{username}, POST …/{username}/suspend|resume|disconnect|remove ----
export interface RadiusSubscriber {
  readonly username: string;
  readonly planSku: string;
  readonly downKbps: number;
  readonly upKbps: number;
  readonly framedIp?: string;
  readonly nasVendor: 'mikrotik' | 'cisco' | 'juniper' | 'nokia' | 'huawei' | 'wispr';
}
export interface RadiusState { readonly type: 'radiusSubscriber'; readonly username: string; readonly access: 'active' | 'walledGarden' | 'rejected' | 'absent'; readonly planGroup: string | null; readonly framedIp: string | null; readonly attributes: Readonly<Record<string, string>>; readonly sessions: readonly RadiusSession[]; readonly changed: boolean }
export interface RadiusSession { readonly acctSessionId: string; readonly nasIp: string; readonly framedIp: string | null; readonly startedAt: Instant; readonly inputOctets: string; readonly outputOctets: string }

// ---- VOLTHA: GET /v1/voltha/onus/{serial}, POST /v1/voltha/onus/{serial}/provision|deprovision|enable|disable|reboot, GET …/optical ----
export interface OnuState { readonly type: 'onu'; readonly deviceId: string; readonly serial: string; readonly oltDeviceId: string; readonly ponPort: number; readonly adminState: string; readonly operStatus: string; readonly connectStatus: string; readonly reason: string; readonly uni: string | null; readonly ready: boolean }
export interface OnuProvision { readonly sVlan: number; readonly cVlan: number; readonly downKbps: number; readonly upKbps: number; readonly techProfileId?: number; readonly profileBase: string }
export interface OnuProvisioned { readonly type: 'onuProvisioned'; readonly serial: string; readonly port: string; readonly flowStatus: string; readonly upstreamProfile: string; readonly downstreamProfile: string; readonly changed: boolean }
export interface OnuOptical { readonly type: 'onuOptical'; readonly serial: string; readonly rxPowerDbm: number | null; readonly txPowerDbm: number | null; readonly oltRxPowerDbm: number | null; readonly verdict: 'good' | 'warning' | 'critical' | 'noReading'; readonly because: readonly string[] }

// ---- devices: POST /v1/device-events (token of the ACS), GET /v1/devices/{serial}/provision, POST /v1/devices/{serial}/activated ----
export interface DeviceEvent { readonly deviceId: string; readonly serial: string; readonly oui: string; readonly productClass: string; readonly event: string; readonly at: Instant; readonly ip?: string; readonly firmware?: string }
/** What the ACS fetches by itself, so that secrets never pass through n8n. Put by POST /v1/devices/{serial}/settings (secrets are minted here, once). */
export interface DeviceSettings { readonly orderId: string; readonly wifi?: { readonly ssid: string }; readonly voip?: { readonly username: string; readonly domain: string; readonly registrar: string }; readonly vlan?: number }
export interface DeviceProvision { readonly wifi?: { readonly ssid: string; readonly password: string }; readonly voip?: { readonly username: string; readonly password: string; readonly domain: string; readonly registrar: string }; readonly vlan?: number }
export interface DeviceSettingsKept { readonly type: 'deviceSettings'; readonly serial: string; readonly wifiSsid: string | null; readonly voipUsername: string | null; readonly repeated: boolean }
