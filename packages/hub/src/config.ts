import type { SpeedPolicy } from '../../../core/src/index.ts';
import type { OpticalPolicy } from '../../voltha/src/opticalTrend.ts';
import type { ApiKey } from './apiKeys.ts';
import type { Brand } from './brand.ts';

/** Everything the hub can be told, read once at start from `LEADLIGHT_*` variables (and `DATABASE_URL`). A system left out is off. */
export interface HubConfig {
  readonly host: string;
  readonly port: number;
  /** Where outside systems reach the hub; used in webhook and status-callback addresses. */
  readonly publicUrl: string;
  /** `postgres://…` or a folder for PGlite, or `memory://`. */
  readonly database: string;
  /** Keys that open everything. */
  readonly apiKeys: readonly string[];
  /** Keys with a name that open what their scopes say. */
  readonly scopedKeys?: readonly ApiKey[];
  /** How many days the audit of writes is kept; default 400. */
  readonly auditDays?: number;
  /** Token the ACS presents on /v1/device-events and /v1/devices/{serial}/provision. */
  readonly acsToken: string;
  /** 32-byte hex key that seals minted secrets (Wi-Fi, SIP, RADIUS) at rest. */
  readonly vaultKey: string;
  /** CSV of fibre drops loaded into an empty drop table at start. */
  readonly dropsCsv?: string;
  /** Snapshot of the public address register; without it the drops are the register. */
  readonly addressSnapshot?: string;
  /** The operator's PostgREST whose `search_addresses()` answers, when there is no snapshot. */
  readonly supabase?: { readonly url: string; readonly key: string };
  /** Threads that search it beside the main one; default 0, for a search takes a fraction of a millisecond. */
  readonly searchWorkers?: number;
  /** How much of a shared line may be sold; default `defaultSpeedPolicy`. */
  readonly speedPolicy?: SpeedPolicy;
  readonly corsOrigins: readonly string[];
  /** Whose name stands on invoices; without it there is no page of them. */
  readonly brand?: Brand;
  /** What payments are taken in; left out: CAD, EUR, GBP, USD. */
  readonly currencies?: readonly string[];
  /** `catchUpMinutes`: how often missed events are looked for; default 10, 0 = only when asked. */
  readonly stripe?: { readonly secretKey: string; readonly webhookSecret: string; readonly baseUrl?: string; readonly catchUpMinutes?: number };
  /** `live` moves real money; otherwise PayPal's sandbox. */
  readonly paypal?: { readonly clientId: string; readonly clientSecret: string; readonly webhookId: string; readonly live: boolean; readonly baseUrl?: string };
  /** The Entra application of the offer in Partner Center. */
  readonly azureMarketplace?: { readonly tenantId: string; readonly clientId: string; readonly clientSecret: string; readonly baseUrl?: string; readonly loginUrl?: string };
  readonly twilio?: { readonly accountSid: string; readonly authToken: string; readonly from: string; readonly baseUrl?: string };
  readonly mailjet?: { readonly apiKey: string; readonly apiSecret: string; readonly from: { readonly email: string; readonly name: string }; readonly baseUrl?: string };
  /** Room name → incoming webhook of Slack or a Teams workflow. */
  readonly chat?: Readonly<Record<string, { readonly kind: 'slack' | 'teams'; readonly url: string }>>;
  /** `pollSeconds`: how often all devices are looked at for changes; 0 = only when asked. */
  readonly voltha?: { readonly address: string; readonly vgcUrl: string; readonly tls?: boolean; readonly pollSeconds?: number; readonly opticalPolicy?: OpticalPolicy };
  /** Routr's Connect API; `authorization` is a whole header value, for a proxy in front. Without it SIP accounts are kept somewhere else. */
  readonly routr?: { readonly address: string; readonly tls?: boolean; readonly authorization?: string };
  /** `database` left out: the hub's own. NAS secrets by IP for CoA and Disconnect; a NAS left out is looked up in the `nas` table. `server`: where test logins go. */
  readonly radius?: { readonly database?: string; readonly coaPort?: number; readonly nasSecrets: Readonly<Record<string, string>>; readonly server?: { readonly host: string; readonly port: number; readonly secret: string } };
  /** GenieACS' NBI; `authorization` is a whole header value, for a proxy in front. */
  readonly genieacs?: { readonly url: string; readonly authorization?: string };
  readonly oktopus?: { readonly url: string; readonly email: string; readonly password: string };
  /** Where a migration sends CPEs, and what the new ACS asks of them. `username` and `password` are what the CPE shows to the new ACS. */
  readonly acsMigration?: { readonly url: string; readonly connectionRequestUsername: string; readonly connectionRequestPassword: string; readonly username?: string; readonly password?: string };
  /** Where Oktopus tells of its devices: NATS, its MQTT broker, or both; `announce` repeats bootstraps on `device/bootstrap/{serial}`. */
  readonly oktopusEvents?: { readonly natsUrl?: string; readonly mqttUrl?: string; readonly caFile?: string; readonly announce?: boolean };
  readonly zone: string;
}
