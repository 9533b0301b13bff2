import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../../core/src/index.ts';
import { authorization as erpKey, siteUrl } from '../../../erpnext/src/index.ts';
import { axiosSend } from '../../../http/src/send.ts';
import { openDb } from '../../../journal/src/index.ts';
import { baseUrl } from '../../../netbox/src/index.ts';
import { openRadiusDatabase, radiusStore } from '../../../radius/src/index.ts';
import { ConfigError, readConfig } from '../readConfig.ts';
import { examineErpNext, examineGenieAcs, examineHub, examineMailjet, examineNetBox, examineOktopus, examineRadius, examineStripe, examineTwilio, examineVoltha } from './checks.ts';
import { examineAzure, examineN8n, examinePaypal, examineRoutr, examineSupabase, examineTraccar } from './moreChecks.ts';
import { examine, type Examined } from './finding.ts';

type Environment = Readonly<Record<string, string | undefined>>;
const LOOPBACK = /^https?:\/\/(127\.|localhost|\[::1\])/;

/**
 * Examines every system the environment names: the hub's own variables, and LEADLIGHT_ERPNEXT_URL/KEY/SECRET, LEADLIGHT_NETBOX_URL/TOKEN/PREFIX,
 * LEADLIGHT_TRACCAR_URL/TOKEN, LEADLIGHT_N8N_URL for those the nodes speak to. Reads only. A system that is not named is not examined.
 * @example (await examineAll(process.env, systemClock)).flatMap(({ findings }) => findings)
 */
export async function examineAll(env: Environment, clock: Clock): Promise<readonly Examined[]> {
  const done: Examined[] = [];
  let config;
  try {
    config = readConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const { problems } = error;
    done.push(await examine('Hub', async (note) => problems.forEach((problem) => note.find('settings', problem, 'Correct the variable; packages/hub/README.md lists them all.'))));
  }
  const zone = config?.zone ?? env['LEADLIGHT_ZONE'] ?? 'America/Toronto';
  const waiting: Promise<Examined>[] = [];
  const erp = env['LEADLIGHT_ERPNEXT_URL'];
  // A key that cannot be one is found when it is used, like any other.
  if (erp) waiting.push(examineErpNext(async (request) => axiosSend({ baseUrl: siteUrl(erp), headers: { authorization: erpKey(env['LEADLIGHT_ERPNEXT_KEY'] ?? '', env['LEADLIGHT_ERPNEXT_SECRET'] ?? '') } })(request), clock, { zone }));
  const ipam = env['LEADLIGHT_NETBOX_URL'];
  if (ipam) waiting.push(examineNetBox(axiosSend({ baseUrl: baseUrl(ipam) }), clock, { ...(env['LEADLIGHT_NETBOX_TOKEN'] ? { token: env['LEADLIGHT_NETBOX_TOKEN'] } : {}), ...(env['LEADLIGHT_NETBOX_PREFIX'] ? { prefix: env['LEADLIGHT_NETBOX_PREFIX'] } : {}) }));
  const acs = config?.genieacs ?? (env['LEADLIGHT_GENIEACS_URL'] ? { url: env['LEADLIGHT_GENIEACS_URL'] } : undefined);
  if (acs) waiting.push(examineGenieAcs(axiosSend({ baseUrl: acs.url, ...('authorization' in acs && acs.authorization ? { headers: { authorization: acs.authorization } } : {}) }), clock, { guarded: LOOPBACK.test(acs.url) || ('authorization' in acs && acs.authorization !== undefined) }));
  const gps = env['LEADLIGHT_TRACCAR_URL'];
  if (gps) waiting.push(examineTraccar(axiosSend({ baseUrl: gps.replace(/\/+$/, ''), headers: { authorization: `Bearer ${env['LEADLIGHT_TRACCAR_TOKEN'] ?? ''}` } }), clock));
  const engine = env['LEADLIGHT_N8N_URL'];
  if (engine) waiting.push(examineN8n(axiosSend({ baseUrl: engine.replace(/\/+$/, '') }), clock));
  if (config) {
    const { oktopus, voltha, routr, radius, stripe, paypal, azureMarketplace, twilio, mailjet, supabase, publicUrl } = config;
    const basic = (user: string, password: string): { authorization: string } => ({ authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` });
    if (oktopus) waiting.push(examineOktopus(axiosSend({ baseUrl: oktopus.url }), clock, { email: oktopus.email, password: oktopus.password }));
    if (voltha) waiting.push(examineVoltha({ address: voltha.address, tls: voltha.tls ?? false }, axiosSend({ baseUrl: voltha.vgcUrl }), clock));
    if (routr) waiting.push(examineRoutr({ address: routr.address, tls: routr.tls ?? false, ...(routr.authorization ? { metadata: { authorization: routr.authorization } } : {}), clock }));
    if (stripe) waiting.push(examineStripe(axiosSend({ baseUrl: stripe.baseUrl ?? 'https://api.stripe.com', headers: { authorization: `Bearer ${stripe.secretKey}` } }), clock, { ...stripe, publicUrl }));
    if (paypal) waiting.push(examinePaypal({ ...paypal, send: axiosSend({ baseUrl: paypal.baseUrl ?? `https://api-m.${paypal.live ? '' : 'sandbox.'}paypal.com` }) }, clock));
    if (azureMarketplace) waiting.push(examineAzure({ ...azureMarketplace, send: axiosSend({ baseUrl: azureMarketplace.baseUrl ?? 'https://marketplaceapi.microsoft.com' }), login: axiosSend({ baseUrl: azureMarketplace.loginUrl ?? 'https://login.microsoftonline.com' }) }, clock));
    if (supabase) waiting.push(examineSupabase(axiosSend({ baseUrl: supabase.url, headers: { apikey: supabase.key, authorization: `Bearer ${supabase.key}` } }), clock));
    if (twilio) waiting.push(examineTwilio(axiosSend({ baseUrl: twilio.baseUrl ?? 'https://api.twilio.com', headers: basic(twilio.accountSid, twilio.authToken) }), clock, twilio));
    if (mailjet) waiting.push(examineMailjet(axiosSend({ baseUrl: mailjet.baseUrl ?? 'https://api.mailjet.com', headers: basic(mailjet.apiKey, mailjet.apiSecret) }), clock));
    // A PGlite folder belongs to the hub that runs; only a server can be asked beside it.
    if (/^postgres(ql)?:/.test(config.database)) {
      const where = config.database;
      waiting.push((async () => {
        const db = await openDb(where);
        try { return await examineHub(db); } finally { await db.close(); }
      })());
    } else if (done.length === 0) waiting.push(examineHub(undefined));
    if (radius?.database || radius?.server) {
      waiting.push((async () => {
        const db = radius.database ? await openRadiusDatabase(radius.database).catch(() => undefined) : undefined;
        try {
          return await examineRadius(db && radiusStore(db, { clock, random: randomBytes, interimSeconds: 300 }), radius.server, randomBytes);
        } finally {
          await db?.close();
        }
      })());
    }
  }
  return [...done, ...(await Promise.all(waiting))];
}
