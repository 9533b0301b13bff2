// One function per system: reachable, authorised, version, what must be there, settings that are dangerous. None of them writes.
import type { Clock, Send } from '../../../../core/src/index.ts';
import { erpnext, type Masters } from '../../../erpnext/src/index.ts';
import { genieacs, provisionScripts, presetDocuments } from '../../../genieacs/src/index.ts';
import { netbox } from '../../../netbox/src/index.ts';
import { oktopus, type Login } from '../../../oktopus/src/index.ts';
import { answersBareRequest } from '../../../radius/src/bareRequest.ts';
import { statusServer, type Peer, type RadiusStore } from '../../../radius/src/index.ts';
import { voltha } from '../../../voltha/src/index.ts';
import type { Queryable } from '../../../journal/src/index.ts';
import { examine, type Examined, type Notebook } from './finding.ts';

/** Signatures and RADIUS timestamps bear a few minutes. */
const SKEW_MS = 120_000;

/** Notes a clock that is off, by the Date header every reply carries. */
export function watched(send: Send, clock: Clock, note: Notebook): Send {
  let told = false;
  return async (request) => {
    const reply = await send(request);
    const there = Date.parse(reply.headers['date'] ?? '');
    if (!told && !Number.isNaN(there) && Math.abs(there - Date.parse(clock.now())) > SKEW_MS) {
      told = true;
      note.find('clock', `Its clock differs from this machine's by ${Math.round(Math.abs(there - Date.parse(clock.now())) / 1000)} seconds.`, 'Synchronise both by NTP: signatures, RADIUS and webhooks depend on it.');
    }
    return reply;
  };
}

export const examineErpNext = (send: Send, clock: Clock, { masters, zone }: { readonly masters?: Masters; readonly zone: string }): Promise<Examined> =>
  examine('ERPNext', async (note) => {
    const site = erpnext(watched(send, clock, note), clock);
    if (!(await note.try(async () => note.fact('user', await site.whoami())))) return;
    await note.try(async () => {
      const { frappe = '', erpnext: app = '' } = await site.versions();
      note.fact('version', app || frappe);
      if (!/^1[56]\./.test(frappe)) note.find('version', `Frappe ${frappe} is not of the versions that were tried (15 and 16).`, 'Try the contract on it first: npm run contract -- erpnext.');
    });
    await note.try(async () => {
      const there = String(await site.call('frappe.client.get_time_zone', {}, { read: true }).then((value) => (typeof value === 'object' && value !== null ? (value as { time_zone?: unknown }).time_zone : value)));
      if (there !== zone) note.find('zone', `The site keeps time in ${there}, the hub in ${zone}: days of invoices would differ around midnight.`, `System Settings, Time Zone: ${zone}; or set LEADLIGHT_ZONE.`);
    });
    await note.try(async () => {
      for (const { code, message, hint } of await site.doctor(masters)) note.find(code, message, hint);
    });
  });

export const examineNetBox = (send: Send, clock: Clock, { token, prefix }: { readonly token?: string; readonly prefix?: string }): Promise<Examined> =>
  examine('NetBox', async (note) => {
    const wire = watched(send, clock, note);
    const ipam = netbox(wire, clock, token === undefined ? {} : { token });
    if (!(await note.try(async () => {
      const { version } = await ipam.status();
      note.fact('version', version);
      if (Number(version.split('.')[0]) < 4 || version.startsWith('4.0')) note.find('version', `NetBox ${version} has no unique custom fields; a repeated order could take a second address.`, 'Upgrade to 4.1 or later.');
    }))) return;
    await note.try(async () => {
      const [field] = await ipam.objects.list('extras/custom-fields', { name: 'leadlight_key' }, 1);
      if (!field) note.find('keyField', 'The custom field leadlight_key is missing; a repeated order could take a second address.', 'Run Install Custom Fields of the NetBox node once.');
      else if (field['unique'] !== true) note.find('keyField', 'The custom field leadlight_key is not unique; two runs could both take an address.', 'Tick "must be unique" on it.');
    });
    if (prefix !== undefined) {
      await note.try(async () => {
        const [pool] = await ipam.prefixes.find({ prefix });
        if (!pool) note.find('prefix', `The address pool ${prefix} is not in NetBox.`, 'Create the prefix, or name another pool.');
      });
    }
  });

export const examineGenieAcs = (send: Send, clock: Clock, { guarded }: { readonly guarded: boolean }): Promise<Examined> =>
  examine('GenieACS', async (note) => {
    const acs = genieacs(watched(send, clock, note), clock);
    if (!(await note.try(async () => {
      const { version, devices, warnings } = await acs.status();
      note.fact('version', version);
      note.fact('devices', devices);
      for (const warning of warnings) note.find('version', warning, 'Use the 1.2 line.');
    }))) return;
    if (!guarded) note.find('openNbi', 'The NBI is asked without any credential, from another machine: whoever reaches it reads Wi-Fi and SIP passwords.', 'Put a proxy with a credential in front, and bind the NBI to loopback.');
    await note.try(async () => {
      const [provisions, presets] = await Promise.all([acs.provisions.list(), acs.presets.list()]);
      const names = new Set([...provisions, ...presets].map((one) => String((one as { name?: unknown; _id?: unknown }).name ?? (one as { _id?: unknown })._id)));
      const missing = [...Object.keys(provisionScripts), ...Object.keys(presetDocuments)].filter((name) => !names.has(name));
      if (missing.length > 0) note.find('scripts', `Leadlight's provisions or presets are missing: ${missing.join(', ')}.`, 'Run Install of the GenieACS node once.');
    });
  });

export const examineOktopus = (send: Send, clock: Clock, login: Login): Promise<Examined> =>
  examine('Oktopus', async (note) => {
    await note.try(async () => {
      const { online, offline } = await oktopus(watched(send, clock, note), clock, login).status();
      note.fact('online', online);
      note.fact('offline', offline);
    });
  });

export const examineVoltha = (core: { readonly address: string; readonly tls: boolean }, controller: Send, clock: Clock): Promise<Examined> =>
  examine('VOLTHA', async (note) => {
    const client = voltha({ address: core.address, tls: core.tls, clock });
    try {
      await note.try(async () => {
        const olts = await client.olts.list();
        note.fact('OLTs', olts.length);
        if (olts.length === 0) note.find('noOlt', 'VOLTHA knows no OLT.', 'Add one: OLT, Add of the VOLTHA node.');
        for (const { hostAndPort, operStatus, connectStatus, up } of olts) {
          if (!up) note.find('olt', `OLT ${hostAndPort} is ${operStatus} and ${connectStatus}.`, 'Look at the OLT and its way to the core; nothing can be put in service on it.');
        }
      });
    } finally {
      client.close();
    }
    await note.try(async () => {
      const reply = await watched(controller, clock, note)({ method: 'GET', path: '/devices', timeoutMs: 8_000 });
      if (reply.status !== 200) note.find('vgc', `The VOLTHA controller answered ${reply.status}.`, 'Check LEADLIGHT_VGC_URL; it ends in /vgc/v1.');
    });
  });

export const examineRadius = (store: RadiusStore | undefined, server: Peer | undefined, random: (octets: number) => Uint8Array): Promise<Examined> =>
  examine('RADIUS', async (note) => {
    if (store) {
      await note.try(async () => {
        const { duplicatePassword, wrongOperator, emptyGroups } = await store.strays(20);
        if (wrongOperator.length > 0) note.find('operator', `${wrongOperator.length} accounts have a password whose operator is not := ; all their logins are refused.`, 'Change op to := in radcheck.');
        if (duplicatePassword.length > 0) note.find('duplicatePassword', `${duplicatePassword.length} accounts have several passwords; the oldest wins.`, 'Keep one row each in radcheck.');
        if (emptyGroups.length > 0) note.find('emptyGroup', `Groups with members and no attributes: ${emptyGroups.join(', ')}.`, 'Ensure the plan again, or take its members out.');
      });
    }
    if (server) {
      if (!(await note.try(async () => void (await statusServer(server, random, { firstMs: 1000, tries: 2 }))))) return;
      if (await answersBareRequest(server, random)) note.find('messageAuthenticator', 'The server answers requests without Message-Authenticator; its answers can be forged (CVE-2024-3596).', 'Set require_message_authenticator = yes for every client, and use 3.2.5 or later.');
    }
  });

/** One harmless question to a vendor over HTTP: does it answer, and to these credentials. */
export const askKey = (note: Notebook, system: string, send: Send, clock: Clock, path: string, where: string): Promise<boolean> =>
  note.try(async () => {
    const { status } = await watched(send, clock, note)({ method: 'GET', path, timeoutMs: 8_000 });
    if (status === 401 || status === 403) note.find('unauthorised', `${system} does not take the credentials.`, where);
    else if (status >= 500) note.find('unreachable', `${system} answered ${status}.`, 'Look at its status page and try again.');
    else if (status >= 400 && status !== 404) note.find('unexpectedReply', `${system} answered ${status}.`, where);
  });
export const examineStripe = (send: Send, clock: Clock, { secretKey, webhookSecret, publicUrl }: { readonly secretKey: string; readonly webhookSecret: string; readonly publicUrl: string }): Promise<Examined> =>
  examine('Stripe', async (note) => {
    await askKey(note, 'Stripe', send, clock, '/v1/payment_intents?limit=1', 'Check LEADLIGHT_STRIPE_SECRET_KEY.');
    if (!webhookSecret.startsWith('whsec_')) note.find('webhookSecret', 'The webhook secret does not look like one (whsec_…).', 'Copy the signing secret of the endpoint in the Stripe dashboard.');
    if (secretKey.startsWith('sk_live_') && !publicUrl.startsWith('https://')) note.find('plainHttp', 'Live payments, and webhooks would come over plain HTTP.', 'Put TLS in front and set LEADLIGHT_PUBLIC_URL to its https address.');
  });
export const examineTwilio = (send: Send, clock: Clock, { accountSid, from }: { readonly accountSid: string; readonly from: string }): Promise<Examined> =>
  examine('Twilio', async (note) => {
    await askKey(note, 'Twilio', send, clock, `/2010-04-01/Accounts/${accountSid}/Messages.json?PageSize=1`, 'Check LEADLIGHT_TWILIO_ACCOUNT_SID and LEADLIGHT_TWILIO_AUTH_TOKEN.');
    if (!/^\+\d{8,15}$|^MG[0-9a-f]{32}$/.test(from)) note.find('from', 'The sending number is not written +15145550100.', 'Set LEADLIGHT_TWILIO_FROM to a number of the account, or a Messaging Service.');
  });
export const examineMailjet = (send: Send, clock: Clock): Promise<Examined> =>
  examine('Mailjet', async (note) => void (await askKey(note, 'Mailjet', send, clock, '/v3/REST/message?Limit=1', 'Check LEADLIGHT_MAILJET_API_KEY and LEADLIGHT_MAILJET_API_SECRET.')));

export const examineHub = (db: Queryable | undefined, { version }: { readonly version?: string } = {}): Promise<Examined> =>
  examine('Hub', async (note) => {
    if (version) note.fact('version', version);
    if (!db) return;
    await note.try(async () => {
      const { rows } = await db.query<{ drops: number; boxes: number; twice: number }>(
        `SELECT (SELECT count(*)::integer FROM fibre_drop) AS drops, (SELECT count(*)::integer FROM fibre_drop WHERE sn LIKE 'RESERVED-%') AS boxes, (SELECT count(*)::integer FROM outbox WHERE state = 'dead') AS twice`,
      );
      const { drops, boxes, twice } = rows[0]!;
      note.fact('drops', drops);
      if (drops === 0) note.find('noDrops', 'The register of fibre drops is empty: every address reads as not covered.', 'Set LEADLIGHT_DROPS_CSV, or send the list to POST /v1/drops/import.');
      if (boxes > 0) note.find('reservedSerials', `${boxes} drops hold RESERVED-… in the serial field; they look connected and are not.`, 'Empty those serials and import the list again.');
      if (twice > 0) note.find('deadDeliveries', `${twice} webhook deliveries were given up.`, 'GET /v1/deliveries?state=dead names them; retry or delete the subscription.');
    });
  });
