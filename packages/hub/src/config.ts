/** Everything the hub can be told, read once at start from `LEADLIGHT_*` variables (and `DATABASE_URL`). A system left out is off. */
export interface HubConfig {
  readonly host: string;
  readonly port: number;
  /** Where outside systems reach the hub; used in webhook and status-callback addresses. */
  readonly publicUrl: string;
  /** `postgres://…` or a folder for PGlite, or `memory://`. */
  readonly database: string;
  readonly apiKeys: readonly string[];
  /** Token the ACS presents on /v1/device-events and /v1/devices/{serial}/provision. */
  readonly acsToken: string;
  /** 32-byte hex key that seals minted secrets (Wi-Fi, SIP, RADIUS) at rest. */
  readonly vaultKey: string;
  /** CSV of fibre drops loaded into an empty drop table at start. */
  readonly dropsCsv?: string;
  readonly corsOrigins: readonly string[];
  readonly stripe?: { readonly secretKey: string; readonly webhookSecret: string; readonly baseUrl?: string };
  readonly twilio?: { readonly accountSid: string; readonly authToken: string; readonly from: string; readonly baseUrl?: string };
  readonly mailjet?: { readonly apiKey: string; readonly apiSecret: string; readonly from: { readonly email: string; readonly name: string }; readonly baseUrl?: string };
  /** Room name → incoming webhook of Slack or a Teams workflow. */
  readonly chat?: Readonly<Record<string, { readonly kind: 'slack' | 'teams'; readonly url: string }>>;
  readonly voltha?: { readonly address: string; readonly vgcUrl: string; readonly tls?: boolean };
  /** `database` left out: the hub's own. NAS secrets by IP for CoA and Disconnect. */
  readonly radius?: { readonly database?: string; readonly coaPort?: number; readonly nasSecrets: Readonly<Record<string, string>> };
  readonly zone: string;
}
