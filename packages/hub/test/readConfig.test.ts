import { ConfigError, readConfig } from '../src/readConfig.ts';

const least = { LEADLIGHT_API_KEYS: 'key-0123456789abcdef', LEADLIGHT_ACS_TOKEN: 'acs-0123456789abcdef', LEADLIGHT_VAULT_KEY: 'AB'.repeat(32) };
const problems = (env: Record<string, string>): readonly string[] => {
  try {
    readConfig(env);
  } catch (error) {
    return (error as ConfigError).problems;
  }
  return [];
};

test('three secrets are enough; everything else has a default or is off', () => {
  expect(readConfig(least)).toEqual({
    host: '127.0.0.1', port: 5690, publicUrl: 'http://127.0.0.1:5690', database: '.leadlight/hub', apiKeys: ['key-0123456789abcdef'], acsToken: 'acs-0123456789abcdef', vaultKey: 'AB'.repeat(32), zone: 'America/Toronto', corsOrigins: [],
  });
});

test('everything that is wrong is told at once, each by its variable, none with its value', () => {
  const found = problems({ LEADLIGHT_API_KEYS: 'short', LEADLIGHT_PORT: 'http', LEADLIGHT_PUBLIC_URL: 'ftp://x', LEADLIGHT_ZONE: 'Mars/Base', LEADLIGHT_STRIPE_SECRET_KEY: 'sk_test_hidden', LEADLIGHT_CHAT: 'dispatch=irc:x', LEADLIGHT_RADIUS_NAS_SECRETS: 'nothing' });
  for (const name of ['LEADLIGHT_API_KEYS', 'LEADLIGHT_ACS_TOKEN', 'LEADLIGHT_VAULT_KEY', 'LEADLIGHT_PORT', 'LEADLIGHT_PUBLIC_URL', 'LEADLIGHT_ZONE', 'LEADLIGHT_STRIPE_WEBHOOK_SECRET', 'LEADLIGHT_CHAT', 'LEADLIGHT_RADIUS_NAS_SECRETS']) expect(found.some((one) => one.startsWith(`${name} `))).toBe(true);
  expect(found.join(' ')).not.toMatch(/sk_test_hidden|Mars|irc/);
});

test('the ACS token may not be an API key', () => {
  expect(problems({ ...least, LEADLIGHT_ACS_TOKEN: 'key-0123456789abcdef' })).toEqual(['LEADLIGHT_ACS_TOKEN must not be one of LEADLIGHT_API_KEYS']);
});

test('systems are on when their first variable is set', () => {
  const config = readConfig({
    ...least, DATABASE_URL: 'postgres://db/leadlight', LEADLIGHT_CORS_ORIGINS: 'https://a.test, https://b.test', LEADLIGHT_CHAT: 'dispatch=slack:https://hooks.test/a,noc=teams:https://hooks.test/b',
    LEADLIGHT_STRIPE_SECRET_KEY: 'sk', LEADLIGHT_STRIPE_WEBHOOK_SECRET: 'wh', LEADLIGHT_STRIPE_URL: 'http://127.0.0.1:1/', LEADLIGHT_RADIUS_NAS_SECRETS: '10.0.0.1=a,10.0.0.2=b=c', LEADLIGHT_VOLTHA_ADDRESS: 'voltha:55555', LEADLIGHT_VGC_URL: 'http://vgc:8181',
  });
  expect(config).toMatchObject({
    database: 'postgres://db/leadlight', corsOrigins: ['https://a.test', 'https://b.test'], chat: { dispatch: { kind: 'slack', url: 'https://hooks.test/a' }, noc: { kind: 'teams', url: 'https://hooks.test/b' } },
    stripe: { secretKey: 'sk', webhookSecret: 'wh', baseUrl: 'http://127.0.0.1:1' }, radius: { nasSecrets: { '10.0.0.1': 'a', '10.0.0.2': 'b=c' }, coaPort: 3799 }, voltha: { address: 'voltha:55555', vgcUrl: 'http://vgc:8181', tls: false },
  });
  expect(config).not.toHaveProperty('twilio');
});

test('Oktopus’ brokers are on when one of them is named, and a wrong address is told without its password', () => {
  expect(readConfig({ ...least, LEADLIGHT_OKTOPUS_NATS_URL: 'tls://u:p@nats.test:4222', LEADLIGHT_OKTOPUS_MQTT_URL: 'mqtts://mqtt.test', LEADLIGHT_OKTOPUS_ANNOUNCE: 'true' }).oktopusEvents).toEqual({ natsUrl: 'tls://u:p@nats.test:4222', mqttUrl: 'mqtts://mqtt.test', announce: true });
  expect(readConfig(least)).not.toHaveProperty('oktopusEvents');
  const found = problems({ ...least, LEADLIGHT_OKTOPUS_NATS_URL: 'http://u:hunter2@nats.test', LEADLIGHT_OKTOPUS_ANNOUNCE: 'true' });
  expect(found.map((one) => one.split(' ')[0])).toEqual(['LEADLIGHT_OKTOPUS_NATS_URL', 'LEADLIGHT_OKTOPUS_ANNOUNCE']);
  expect(found.join()).not.toContain('hunter2');
});

test('[access-42] RADIUS is on with a database alone; its server needs a secret; no address with a password is ever repeated', () => {
  const config = readConfig({ ...least, LEADLIGHT_RADIUS_DATABASE: 'mariadb://u:p@db/radius', LEADLIGHT_RADIUS_SERVER: 'radius.test:11812', LEADLIGHT_RADIUS_SECRET: 's3cret' });
  expect(config.radius).toEqual({ nasSecrets: {}, coaPort: 3799, database: 'mariadb://u:p@db/radius', server: { host: 'radius.test', port: 11812, secret: 's3cret' } });
  expect(readConfig({ ...least, LEADLIGHT_RADIUS_DATABASE: 'postgres://db/radius', LEADLIGHT_RADIUS_SERVER: '[2001:db8::1]', LEADLIGHT_RADIUS_SECRET: 's' }).radius?.server).toEqual({ host: '2001:db8::1', port: 1812, secret: 's' });
  const found = problems({ ...least, LEADLIGHT_RADIUS_DATABASE: 'mongodb://u:hidden@db/x', LEADLIGHT_RADIUS_SERVER: 'a b' });
  expect(found.map((one) => one.split(' ')[0])).toEqual(['LEADLIGHT_RADIUS_DATABASE', 'LEADLIGHT_RADIUS_SECRET', 'LEADLIGHT_RADIUS_SERVER'].sort((a, b) => found.findIndex((one) => one.startsWith(a)) - found.findIndex((one) => one.startsWith(b))));
  expect(found.join(' ')).not.toContain('hidden');
});

test('Routr is on with its address; one without a port is told', () => {
  expect(readConfig({ ...least, LEADLIGHT_ROUTR_ADDRESS: 'routr.test:51908', LEADLIGHT_ROUTR_TLS: 'true', LEADLIGHT_ROUTR_AUTHORIZATION: 'Basic eDp5' }).routr).toEqual({ address: 'routr.test:51908', tls: true, authorization: 'Basic eDp5' });
  expect(readConfig(least)).not.toHaveProperty('routr');
  expect(problems({ ...least, LEADLIGHT_ROUTR_ADDRESS: 'http://routr.test' })).toEqual(['LEADLIGHT_ROUTR_ADDRESS must be written host:port; Routr listens on 51908']);
});

test('[S2-096] the currencies an operator takes are currencies; [S2-094] a brand is whole or the hub does not start', () => {
  const brand = { version: '1', name: 'Gigafibre', address: ['1 rue Roy'], taxNumbers: [{ tax: 'TPS', number: '123' }] };
  expect(readConfig({ ...least, LEADLIGHT_CURRENCIES: 'CAD, EUR', LEADLIGHT_BRAND: JSON.stringify(brand) })).toMatchObject({ currencies: ['CAD', 'EUR'], brand });
  expect(problems({ ...least, LEADLIGHT_CURRENCIES: 'CAD,ZZZ' })).toEqual([expect.stringMatching(/^LEADLIGHT_CURRENCIES must be ISO 4217/)]);
  expect(problems({ ...least, LEADLIGHT_BRAND: '{' })).toEqual(['LEADLIGHT_BRAND is not right: it must be JSON']);
  expect(problems({ ...least, LEADLIGHT_BRAND: JSON.stringify({ ...brand, taxNumbers: undefined }) })).toEqual(['LEADLIGHT_BRAND is not right: taxNumbers must be present']);
});

test('missed Stripe events are looked for every so many minutes, or only when asked', () => {
  const stripe = { ...least, LEADLIGHT_STRIPE_SECRET_KEY: 'sk', LEADLIGHT_STRIPE_WEBHOOK_SECRET: 'wh' };
  expect(readConfig(stripe).stripe).not.toHaveProperty('catchUpMinutes');
  expect(readConfig({ ...stripe, LEADLIGHT_STRIPE_CATCH_UP_MINUTES: '0' }).stripe).toMatchObject({ catchUpMinutes: 0 });
  for (const wrong of ['often', '1.5', '-1', '1441']) expect(problems({ ...stripe, LEADLIGHT_STRIPE_CATCH_UP_MINUTES: wrong })).toEqual(['LEADLIGHT_STRIPE_CATCH_UP_MINUTES must be a whole number of minutes from 0 to 1440']);
});
