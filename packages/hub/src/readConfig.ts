import { isCurrency, schemaComplaint } from '../../../core/src/index.ts';
import { readApiKey } from './apiKeys.ts';
import { brandSchema, type Brand } from './brand.ts';
import type { OpticalPolicy } from '../../voltha/src/opticalTrend.ts';
import type { HubConfig } from './config.ts';
import { readOpticalPolicy } from './readOpticalPolicy.ts';
import { readSpeedPolicy } from './readSpeedPolicy.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Thrown at start when the settings cannot be used; each line names its variable and never shows its value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`The hub cannot start with these settings:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/**
 * Reads the hub's settings from the environment, once, and tells of everything that is wrong at the same time.
 * A system is on when its first variable is set; then the others it needs must be set too.
 * @throws ConfigError
 * @example readConfig({ LEADLIGHT_API_KEYS: 'a-long-api-key-here', LEADLIGHT_ACS_TOKEN: 'a-long-acs-token', LEADLIGHT_VAULT_KEY: '00'.repeat(32) }).port // 5690
 */
export function readConfig(env: Environment): HubConfig {
  const problems: string[] = [];
  const complain = (name: string, what: string): void => void problems.push(`${name} ${what}`);
  const get = (name: string): string | undefined => (env[name]?.trim() ? env[name]!.trim() : undefined);
  const must = (name: string, hint: string): string => {
    const value = get(name);
    if (value === undefined) complain(name, `is not set: ${hint}`);
    return value ?? '';
  };
  const port = (name: string, fallback: number): number => {
    const value = Number(get(name) ?? fallback);
    if (!Number.isInteger(value) || value < 0 || value > 65_535) complain(name, 'must be a port number from 0 to 65535');
    return value;
  };
  const url = (name: string): string | undefined => {
    const value = get(name);
    if (value !== undefined && !/^https?:/.test(URL.canParse(value) ? new URL(value).protocol : '')) complain(name, 'must be an http or https address');
    return value?.replace(/\/+$/, '');
  };
  const list = (name: string): readonly string[] => (get(name) ?? '').split(',').map((one) => one.trim()).filter(Boolean);
  /** `name=value,name=value` */
  const pairs = (name: string): readonly (readonly [string, string])[] =>
    list(name).flatMap((one) => {
      const at = one.indexOf('=');
      if (at < 1) complain(name, 'must be written name=value,name=value');
      return at < 1 ? [] : [[one.slice(0, at).trim(), one.slice(at + 1).trim()] as const];
    });
  const group = <T>(first: string, read: () => T): T | undefined => (get(first) === undefined ? undefined : read());
  const optional = <K extends string>(key: K, name: string): Partial<Record<K, string>> => (get(name) === undefined ? {} : ({ [key]: get(name)! } as Record<K, string>));
  const optionalUrl = (name: string): { baseUrl?: string } => {
    const baseUrl = url(name);
    return baseUrl === undefined ? {} : { baseUrl };
  };

  const pollSeconds = (): { pollSeconds?: number } => {
    const value = Number(get('LEADLIGHT_VOLTHA_POLL_SECONDS') ?? 0);
    if (!Number.isInteger(value) || value < 0 || (value > 0 && value < 10)) complain('LEADLIGHT_VOLTHA_POLL_SECONDS', 'must be 0 or a whole number of seconds from 10');
    return value > 0 ? { pollSeconds: value } : {};
  };
  const catchUpMinutes = (): { catchUpMinutes?: number } => {
    const value = Number(get('LEADLIGHT_STRIPE_CATCH_UP_MINUTES') ?? 10);
    if (!Number.isInteger(value) || value < 0 || value > 1440) complain('LEADLIGHT_STRIPE_CATCH_UP_MINUTES', 'must be a whole number of minutes from 0 to 1440');
    return get('LEADLIGHT_STRIPE_CATCH_UP_MINUTES') === undefined ? {} : { catchUpMinutes: value };
  };
  const opticalPolicy = (): { opticalPolicy?: OpticalPolicy } => {
    const text = get('LEADLIGHT_OPTICAL_POLICY');
    const read = text === undefined ? undefined : readOpticalPolicy(text);
    if (typeof read === 'string') complain('LEADLIGHT_OPTICAL_POLICY', read);
    return read === undefined || typeof read === 'string' ? {} : { opticalPolicy: read };
  };

  const hubPort = port('LEADLIGHT_PORT', 5690);
  const host = get('LEADLIGHT_HOST') ?? '127.0.0.1';
  const keyEntries = list('LEADLIGHT_API_KEYS');
  if (keyEntries.length === 0) complain('LEADLIGHT_API_KEYS', 'is not set: one or more keys of at least 16 characters, separated by commas');
  const apiKeys = keyEntries.filter((entry) => !entry.includes(':'));
  const readKeys = keyEntries.map((entry) => readApiKey(entry, apiKeys.indexOf(entry) + 1));
  for (const problem of new Set(readKeys)) if (typeof problem === 'string') complain('LEADLIGHT_API_KEYS', problem);
  const keys = readKeys.filter((one) => typeof one !== 'string');
  const scopedKeys = keys.filter(({ key }) => !apiKeys.includes(key));
  for (const [what, values] of [['key', keys.map(({ key }) => key)], ['name', scopedKeys.map(({ name }) => name)]] as const) if (new Set(values).size < values.length) complain('LEADLIGHT_API_KEYS', `holds one ${what} twice`);
  const acsToken = must('LEADLIGHT_ACS_TOKEN', 'the token the ACS presents, at least 16 characters');
  if (acsToken !== '' && acsToken.length < 16) complain('LEADLIGHT_ACS_TOKEN', 'is shorter than 16 characters');
  if (acsToken !== '' && keys.some(({ key }) => key === acsToken)) complain('LEADLIGHT_ACS_TOKEN', 'must not be one of LEADLIGHT_API_KEYS');
  const vaultKey = must('LEADLIGHT_VAULT_KEY', '64 hex digits, e.g. from `openssl rand -hex 32`; keep it, what it sealed opens with nothing else');
  if (vaultKey !== '' && !/^[0-9a-f]{64}$/i.test(vaultKey)) complain('LEADLIGHT_VAULT_KEY', 'must be 64 hex digits');
  const auditDays = Number(get('LEADLIGHT_AUDIT_DAYS') ?? 400);
  if (!Number.isInteger(auditDays) || auditDays < 1 || auditDays > 36_500) complain('LEADLIGHT_AUDIT_DAYS', 'must be a whole number of days from 1 to 36500');
  const zone = get('LEADLIGHT_ZONE') ?? 'America/Toronto';
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
  } catch {
    complain('LEADLIGHT_ZONE', 'must be an IANA time zone, e.g. America/Toronto');
  }

  const chat = pairs('LEADLIGHT_CHAT').map(([room, target]) => {
    const match = /^(slack|teams):(https?:\/\/.+)$/.exec(target);
    if (!match) complain('LEADLIGHT_CHAT', 'must be written room=slack:https://…,room=teams:https://…');
    return [room, { kind: (match?.[1] ?? 'slack') as 'slack' | 'teams', url: match?.[2] ?? '' }] as const;
  });
  const brand = group('LEADLIGHT_BRAND', (): Brand => {
    const read = jsonOf(get('LEADLIGHT_BRAND'));
    const wrong = read === undefined ? { path: 'it', expected: 'JSON' } : schemaComplaint(brandSchema, read);
    if (wrong) complain('LEADLIGHT_BRAND', `is not right: ${wrong.path || 'it'} must be ${wrong.expected}`);
    return read as Brand;
  });
  const currencies = list('LEADLIGHT_CURRENCIES');
  if (!currencies.every(isCurrency)) complain('LEADLIGHT_CURRENCIES', 'must be ISO 4217 codes separated by commas, e.g. CAD,USD,EUR');
  const nasSecrets = pairs('LEADLIGHT_RADIUS_NAS_SECRETS');
  const stripe = group('LEADLIGHT_STRIPE_SECRET_KEY', () => ({ secretKey: must('LEADLIGHT_STRIPE_SECRET_KEY', ''), webhookSecret: must('LEADLIGHT_STRIPE_WEBHOOK_SECRET', 'the signing secret of the Stripe webhook'), ...optionalUrl('LEADLIGHT_STRIPE_URL'), ...catchUpMinutes() }));
  const paypal = group('LEADLIGHT_PAYPAL_CLIENT_ID', () => ({
    clientId: must('LEADLIGHT_PAYPAL_CLIENT_ID', ''), clientSecret: must('LEADLIGHT_PAYPAL_CLIENT_SECRET', 'the secret of the PayPal application'), webhookId: must('LEADLIGHT_PAYPAL_WEBHOOK_ID', 'the ID of the webhook in the PayPal application'),
    live: get('LEADLIGHT_PAYPAL_LIVE') === 'true', ...optionalUrl('LEADLIGHT_PAYPAL_URL'),
  }));
  const azureMarketplace = group('LEADLIGHT_AZURE_MARKETPLACE_TENANT', () => {
    const loginUrl = url('LEADLIGHT_AZURE_MARKETPLACE_LOGIN_URL');
    return { tenantId: must('LEADLIGHT_AZURE_MARKETPLACE_TENANT', ''), clientId: must('LEADLIGHT_AZURE_MARKETPLACE_CLIENT_ID', 'the Entra application of the offer'), clientSecret: must('LEADLIGHT_AZURE_MARKETPLACE_CLIENT_SECRET', 'the secret of that application'), ...optionalUrl('LEADLIGHT_AZURE_MARKETPLACE_URL'), ...(loginUrl === undefined ? {} : { loginUrl }) };
  });
  const twilio = group('LEADLIGHT_TWILIO_ACCOUNT_SID', () => ({
    accountSid: must('LEADLIGHT_TWILIO_ACCOUNT_SID', ''), authToken: must('LEADLIGHT_TWILIO_AUTH_TOKEN', 'the token of the Twilio account'), from: must('LEADLIGHT_TWILIO_FROM', 'the sending number, +1514…'), ...optionalUrl('LEADLIGHT_TWILIO_URL'),
  }));
  const mailjet = group('LEADLIGHT_MAILJET_API_KEY', () => ({
    apiKey: must('LEADLIGHT_MAILJET_API_KEY', ''), apiSecret: must('LEADLIGHT_MAILJET_API_SECRET', 'the secret of the Mailjet key'),
    from: { email: must('LEADLIGHT_MAILJET_FROM', 'the sending e-mail address'), name: get('LEADLIGHT_MAILJET_FROM_NAME') ?? 'Leadlight' }, ...optionalUrl('LEADLIGHT_MAILJET_URL'),
  }));
  const voltha = group('LEADLIGHT_VOLTHA_ADDRESS', () => ({ address: must('LEADLIGHT_VOLTHA_ADDRESS', ''), vgcUrl: url('LEADLIGHT_VGC_URL') ?? must('LEADLIGHT_VGC_URL', 'the address of the VOLTHA Go Controller'), tls: get('LEADLIGHT_VOLTHA_TLS') === 'true', ...pollSeconds(), ...opticalPolicy() }));
  const routr = group('LEADLIGHT_ROUTR_ADDRESS', () => {
    const address = must('LEADLIGHT_ROUTR_ADDRESS', '');
    if (!/^([A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\]):\d{1,5}$/.test(address)) complain('LEADLIGHT_ROUTR_ADDRESS', 'must be written host:port; Routr listens on 51908');
    return { address, tls: get('LEADLIGHT_ROUTR_TLS') === 'true', ...optional('authorization', 'LEADLIGHT_ROUTR_AUTHORIZATION') };
  });
  const radiusDatabase = get('LEADLIGHT_RADIUS_DATABASE');
  if (radiusDatabase && !/^(postgres(ql)?|mysql|mariadb):\/\/[^\s]+$/.test(radiusDatabase)) complain('LEADLIGHT_RADIUS_DATABASE', 'must start with postgres://, mysql:// or mariadb://');
  const radiusServer = group('LEADLIGHT_RADIUS_SERVER', () => {
    const match = /^(\[[0-9a-f:]+\]|[A-Za-z0-9.-]+)(?::(\d{1,5}))?$/i.exec(must('LEADLIGHT_RADIUS_SERVER', ''));
    if (!match) complain('LEADLIGHT_RADIUS_SERVER', 'must be written host or host:port');
    return { host: (match?.[1] ?? '').replace(/[[\]]/g, ''), port: Number(match?.[2] ?? 1812), secret: must('LEADLIGHT_RADIUS_SECRET', 'the secret that server knows this machine by') };
  });
  const radius = nasSecrets.length === 0 && !radiusDatabase ? undefined : { nasSecrets: Object.fromEntries(nasSecrets), coaPort: port('LEADLIGHT_RADIUS_COA_PORT', 3799), ...(radiusDatabase ? { database: radiusDatabase } : {}), ...(radiusServer ? { server: radiusServer } : {}) };
  const genieacs = group('LEADLIGHT_GENIEACS_URL', () => ({ url: url('LEADLIGHT_GENIEACS_URL') ?? '', ...optional('authorization', 'LEADLIGHT_GENIEACS_AUTHORIZATION') }));
  const oktopus = group('LEADLIGHT_OKTOPUS_URL', () => ({ url: url('LEADLIGHT_OKTOPUS_URL') ?? '', email: must('LEADLIGHT_OKTOPUS_EMAIL', 'an Oktopus user'), password: must('LEADLIGHT_OKTOPUS_PASSWORD', 'the password of the Oktopus user') }));
  const acsMigration = group('LEADLIGHT_ACS_MIGRATION_URL', () => {
    if (!genieacs || !oktopus) complain('LEADLIGHT_ACS_MIGRATION_URL', 'needs LEADLIGHT_GENIEACS_URL and LEADLIGHT_OKTOPUS_URL too');
    return {
      // As CPEs will get it, to the letter: a slash more is another address.
      url: url('LEADLIGHT_ACS_MIGRATION_URL') === undefined ? '' : get('LEADLIGHT_ACS_MIGRATION_URL')!, connectionRequestUsername: must('LEADLIGHT_ACS_MIGRATION_CR_USERNAME', "the new ACS' connection-request user (CONN_RQ_USER)"), connectionRequestPassword: must('LEADLIGHT_ACS_MIGRATION_CR_PASSWORD', "the new ACS' connection-request password (CONN_RQ_PASSWD)"),
      ...optional('username', 'LEADLIGHT_ACS_MIGRATION_USERNAME'), ...optional('password', 'LEADLIGHT_ACS_MIGRATION_PASSWORD'),
    };
  });
  const broker = (name: string, protocols: readonly string[]): string | undefined => {
    const value = get(name);
    if (value !== undefined && !(URL.canParse(value) && protocols.includes(new URL(value).protocol) && new URL(value).hostname)) complain(name, `must be an address that begins with ${protocols.map((one) => `${one}//`).join(' or ')}`);
    return value;
  };
  const natsUrl = broker('LEADLIGHT_OKTOPUS_NATS_URL', ['nats:', 'tls:']);
  const mqttUrl = broker('LEADLIGHT_OKTOPUS_MQTT_URL', ['mqtt:', 'mqtts:', 'ws:', 'wss:']);
  const caFile = get('LEADLIGHT_OKTOPUS_CA_FILE');
  if (get('LEADLIGHT_OKTOPUS_ANNOUNCE') === 'true' && !mqttUrl) complain('LEADLIGHT_OKTOPUS_ANNOUNCE', 'needs LEADLIGHT_OKTOPUS_MQTT_URL');
  const oktopusEvents = natsUrl || mqttUrl ? { ...(natsUrl ? { natsUrl } : {}), ...(mqttUrl ? { mqttUrl } : {}), ...(caFile ? { caFile } : {}), ...(get('LEADLIGHT_OKTOPUS_ANNOUNCE') === 'true' ? { announce: true } : {}) } : undefined;
  const dropsCsv = get('LEADLIGHT_DROPS_CSV');
  const supabase = group('LEADLIGHT_SUPABASE_URL', () => ({ url: url('LEADLIGHT_SUPABASE_URL') ?? '', key: must('LEADLIGHT_SUPABASE_KEY', 'the key PostgREST knows this hub by') }));
  const searchWorkers = Number(get('LEADLIGHT_SEARCH_WORKERS') ?? 0);
  if (!Number.isInteger(searchWorkers) || searchWorkers < 0 || searchWorkers > 64) complain('LEADLIGHT_SEARCH_WORKERS', 'must be a whole number of threads from 0 to 64');
  const speedPolicy = get('LEADLIGHT_SPEED_POLICY') === undefined ? undefined : readSpeedPolicy(get('LEADLIGHT_SPEED_POLICY')!);
  if (typeof speedPolicy === 'string') complain('LEADLIGHT_SPEED_POLICY', speedPolicy);
  const publicUrl = url('LEADLIGHT_PUBLIC_URL') ?? `http://127.0.0.1:${hubPort}`;
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    host, port: hubPort, publicUrl, database: get('DATABASE_URL') ?? get('LEADLIGHT_DATA_DIR') ?? '.leadlight/hub', apiKeys, acsToken, vaultKey, zone,
    corsOrigins: list('LEADLIGHT_CORS_ORIGINS'), ...(scopedKeys.length > 0 ? { scopedKeys } : {}), ...(get('LEADLIGHT_AUDIT_DAYS') ? { auditDays } : {}), ...(dropsCsv ? { dropsCsv } : {}), ...optional('addressSnapshot', 'LEADLIGHT_ADDRESS_SNAPSHOT'), ...(supabase ? { supabase } : {}), ...(searchWorkers > 0 ? { searchWorkers } : {}), ...(typeof speedPolicy === 'object' ? { speedPolicy } : {}), ...(brand ? { brand } : {}), ...(currencies.length > 0 ? { currencies } : {}), ...(chat.length > 0 ? { chat: Object.fromEntries(chat) } : {}),
    ...(stripe ? { stripe } : {}), ...(paypal ? { paypal } : {}), ...(azureMarketplace ? { azureMarketplace } : {}), ...(twilio ? { twilio } : {}), ...(mailjet ? { mailjet } : {}), ...(voltha ? { voltha } : {}), ...(routr ? { routr } : {}), ...(radius ? { radius } : {}), ...(oktopusEvents ? { oktopusEvents } : {}),
    ...(genieacs ? { genieacs } : {}), ...(oktopus ? { oktopus } : {}), ...(acsMigration ? { acsMigration } : {}),
  };
}

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
