import type { HubConfig } from './config.ts';

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
  const optionalUrl = (name: string): { baseUrl?: string } => {
    const baseUrl = url(name);
    return baseUrl === undefined ? {} : { baseUrl };
  };

  const hubPort = port('LEADLIGHT_PORT', 5690);
  const host = get('LEADLIGHT_HOST') ?? '127.0.0.1';
  const apiKeys = list('LEADLIGHT_API_KEYS');
  if (apiKeys.length === 0) complain('LEADLIGHT_API_KEYS', 'is not set: one or more keys of at least 16 characters, separated by commas');
  if (apiKeys.some((key) => key.length < 16)) complain('LEADLIGHT_API_KEYS', 'holds a key shorter than 16 characters');
  const acsToken = must('LEADLIGHT_ACS_TOKEN', 'the token the ACS presents, at least 16 characters');
  if (acsToken !== '' && acsToken.length < 16) complain('LEADLIGHT_ACS_TOKEN', 'is shorter than 16 characters');
  if (acsToken !== '' && apiKeys.includes(acsToken)) complain('LEADLIGHT_ACS_TOKEN', 'must not be one of LEADLIGHT_API_KEYS');
  const vaultKey = must('LEADLIGHT_VAULT_KEY', '64 hex digits, e.g. from `openssl rand -hex 32`; keep it, what it sealed opens with nothing else');
  if (vaultKey !== '' && !/^[0-9a-f]{64}$/i.test(vaultKey)) complain('LEADLIGHT_VAULT_KEY', 'must be 64 hex digits');
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
  const nasSecrets = pairs('LEADLIGHT_RADIUS_NAS_SECRETS');
  const stripe = group('LEADLIGHT_STRIPE_SECRET_KEY', () => ({ secretKey: must('LEADLIGHT_STRIPE_SECRET_KEY', ''), webhookSecret: must('LEADLIGHT_STRIPE_WEBHOOK_SECRET', 'the signing secret of the Stripe webhook'), ...optionalUrl('LEADLIGHT_STRIPE_URL') }));
  const twilio = group('LEADLIGHT_TWILIO_ACCOUNT_SID', () => ({
    accountSid: must('LEADLIGHT_TWILIO_ACCOUNT_SID', ''), authToken: must('LEADLIGHT_TWILIO_AUTH_TOKEN', 'the token of the Twilio account'), from: must('LEADLIGHT_TWILIO_FROM', 'the sending number, +1514…'), ...optionalUrl('LEADLIGHT_TWILIO_URL'),
  }));
  const mailjet = group('LEADLIGHT_MAILJET_API_KEY', () => ({
    apiKey: must('LEADLIGHT_MAILJET_API_KEY', ''), apiSecret: must('LEADLIGHT_MAILJET_API_SECRET', 'the secret of the Mailjet key'),
    from: { email: must('LEADLIGHT_MAILJET_FROM', 'the sending e-mail address'), name: get('LEADLIGHT_MAILJET_FROM_NAME') ?? 'Leadlight' }, ...optionalUrl('LEADLIGHT_MAILJET_URL'),
  }));
  const voltha = group('LEADLIGHT_VOLTHA_ADDRESS', () => ({ address: must('LEADLIGHT_VOLTHA_ADDRESS', ''), vgcUrl: url('LEADLIGHT_VGC_URL') ?? must('LEADLIGHT_VGC_URL', 'the address of the VOLTHA Go Controller'), tls: get('LEADLIGHT_VOLTHA_TLS') === 'true' }));
  const radius = nasSecrets.length === 0 ? undefined : { nasSecrets: Object.fromEntries(nasSecrets), coaPort: port('LEADLIGHT_RADIUS_COA_PORT', 3799), ...(get('LEADLIGHT_RADIUS_DATABASE') ? { database: get('LEADLIGHT_RADIUS_DATABASE')! } : {}) };
  const dropsCsv = get('LEADLIGHT_DROPS_CSV');
  const publicUrl = url('LEADLIGHT_PUBLIC_URL') ?? `http://127.0.0.1:${hubPort}`;
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    host, port: hubPort, publicUrl, database: get('DATABASE_URL') ?? get('LEADLIGHT_DATA_DIR') ?? '.leadlight/hub', apiKeys, acsToken, vaultKey, zone,
    corsOrigins: list('LEADLIGHT_CORS_ORIGINS'), ...(dropsCsv ? { dropsCsv } : {}), ...(chat.length > 0 ? { chat: Object.fromEntries(chat) } : {}),
    ...(stripe ? { stripe } : {}), ...(twilio ? { twilio } : {}), ...(mailjet ? { mailjet } : {}), ...(voltha ? { voltha } : {}), ...(radius ? { radius } : {}),
  };
}
