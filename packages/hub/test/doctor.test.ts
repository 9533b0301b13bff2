import { randomBytes } from 'node:crypto';
import type { Send } from '../../../core/src/index.ts';
import { erpnext, authorization } from '../../erpnext/src/index.ts';
import { genieacs } from '../../genieacs/src/index.ts';
import { axiosSend } from '../../http/src/send.ts';
import { migrate, openDb, type Db } from '../../journal/src/index.ts';
import { baseUrl, netbox } from '../../netbox/src/index.ts';
import { freeradiusSchema, radiusStore } from '../../radius/src/index.ts';
import { startErpnext } from '../../sandbox/src/erpnext/index.ts';
import { startGenieacs } from '../../sandbox/src/genieacs/index.ts';
import { startMailjet } from '../../sandbox/src/mailjet/index.ts';
import { startNetbox } from '../../sandbox/src/netbox/index.ts';
import { startRadiusServer } from '../../sandbox/src/radius/server.ts';
import { startStripe } from '../../sandbox/src/stripe/index.ts';
import { startTwilio } from '../../sandbox/src/twilio/index.ts';
import { startVoltha } from '../../sandbox/src/voltha/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { examineErpNext, examineGenieAcs, examineHub, examineMailjet, examineNetBox, examineRadius, examineStripe, examineTwilio, examineVoltha } from '../src/doctor/checks.ts';
import type { Examined } from '../src/doctor/finding.ts';
import { dropMigrations, journalMigrations } from '../../journal/src/index.ts';

const ZONE = 'America/Toronto';
const codes = (all: readonly Examined[]): string[] => all.flatMap(({ findings }) => findings.map(({ system, code }) => `${system} ${code}`)).sort();
/** A system whose answers are changed on the way, as a fault in it would. */
const changed = (send: Send, change: (path: string, text: string, status: number, headers: Record<string, string>) => { text?: string; status?: number; headers?: Record<string, string> } | undefined): Send => async (request) => {
  const reply = await send(request);
  const other = change(request.path, reply.text, reply.status, { ...reply.headers });
  return other ? { ...reply, ...other } : reply;
};

describe('the whole set-up, fit and with faults planted', () => {
  const world = new World('2026-04-01T13:00:00.000Z');
  // Replies carry the date of the machine, not of the world's clock.
  const clock = { now: () => new Date().toISOString(), sleep: async () => undefined };
  const open: { close(): Promise<unknown> }[] = [];
  let db: Db;
  let urls: Record<'erp' | 'ipam' | 'acs' | 'stripe' | 'twilio' | 'mailjet' | 'vgc', string>;
  let olt: string;
  let radius: { readonly host: string; readonly port: number; readonly secret: string };
  const erpSend = (): Send => axiosSend({ baseUrl: urls.erp, headers: { authorization: authorization('k', 's') } });
  const twilio = { accountSid: 'AC00000000000000000000000000000001', from: '+15145550100' };
  const basic = (user: string, password: string) => ({ authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` });

  beforeAll(async () => {
    const erp = await startErpnext(world, 0, { keys: [{ key: 'k', secret: 's', user: 'leadlight@example.ca', roles: ['System Manager'] }] });
    const ipam = await startNetbox(world, { tokens: [{ value: 'netbox-token' }] });
    const acs = await startGenieacs(world);
    const stripe = await startStripe(world, { secretKey: 'sk_test_doctor' });
    const sms = await startTwilio(world, { accountSid: twilio.accountSid, authToken: 'tok' });
    const mail = await startMailjet(world, { apiKey: 'mk', apiSecret: 'ms' });
    const core = await startVoltha(world, { olts: [{ ip: '172.17.16.2' }] });
    db = await openDb('memory://');
    await migrate(db, [...journalMigrations, ...dropMigrations]);
    await db.script(freeradiusSchema);
    await db.query(`INSERT INTO fibre_drop (tenant, fibre_id, street, city, postal_code, olt_name, olt_ip, frame, slot, port, ont_id, zone, max_down_mbps) VALUES ('main', 1, '1 rue Roy', 'Elgin', 'J0S 2E0', 'Elgin', '172.17.0.2', 0, 1, 1, 1, '1', 1500)`);
    const server = await startRadiusServer(world, { secret: 'radius-secret', db });
    radius = { host: '127.0.0.1', port: server.port, secret: 'radius-secret' };
    open.push(erp, ipam, acs, stripe, sms, mail, core, server, db);
    const at = (one: { url: string }): string => one.url;
    urls = { erp: at(erp), ipam: at(ipam), acs: at(acs), stripe: at(stripe), twilio: at(sms), mailjet: at(mail), vgc: core.vgcUrl };
    olt = core.address;
    await netbox(axiosSend({ baseUrl: baseUrl(urls.ipam) }), clock, { token: 'netbox-token' }).installFields();
    await genieacs(axiosSend({ baseUrl: urls.acs }), clock).install();
    const site = erpnext(erpSend(), clock);
    await site.documents.update('System Settings', 'System Settings', { rounding_method: 'Commercial Rounding' });
    await site.documents.update('Global Defaults', 'Global Defaults', { disable_rounded_total: 1 });
    await site.documents.update('Selling Settings', 'Selling Settings', { cust_master_name: 'Naming Series' });
  }, 60_000);
  afterAll(async () => { for (const one of open.reverse()) await one.close(); });
  const store = () => radiusStore(db, { clock, random: randomBytes, interimSeconds: 300 });

  test('[S0-93] a fit set-up has nothing to put right', async () => {
    const all = [
      await examineErpNext(erpSend(), clock, { zone: ZONE, masters: { Item: ['FTTH150I'] } }), await examineNetBox(axiosSend({ baseUrl: baseUrl(urls.ipam) }), clock, { token: 'netbox-token', prefix: '100.64.16.0/22' }),
      await examineGenieAcs(axiosSend({ baseUrl: urls.acs }), clock, { guarded: true }), await examineVoltha({ address: olt, tls: false }, axiosSend({ baseUrl: urls.vgc }), clock), await examineRadius(store(), radius, randomBytes),
      await examineStripe(axiosSend({ baseUrl: urls.stripe, headers: { authorization: 'Bearer sk_test_doctor' } }), clock, { secretKey: 'sk_test_doctor', webhookSecret: 'whsec_x', publicUrl: 'http://127.0.0.1:5690' }),
      await examineTwilio(axiosSend({ baseUrl: urls.twilio, headers: basic(twilio.accountSid, 'tok') }), clock, twilio), await examineMailjet(axiosSend({ baseUrl: urls.mailjet, headers: basic('mk', 'ms') }), clock), await examineHub(db),
    ];
    expect(codes(all)).toEqual([]);
    expect(all.find(({ system }) => system === 'NetBox')!.facts['version']).toMatch(/^4\./);
  }, 30_000);

  test('[S0-93] twenty-five planted faults are all named, each with what to do, and nothing else', async () => {
    const site = erpnext(erpSend(), clock);
    await site.documents.update('System Settings', 'System Settings', { rounding_method: "Banker's Rounding" });
    await site.documents.update('Global Defaults', 'Global Defaults', { disable_rounded_total: 0 });
    await site.documents.update('Selling Settings', 'Selling Settings', { cust_master_name: 'Customer Name' });
    await db.query(`INSERT INTO radcheck (username, attribute, op, value) VALUES ('a', 'Cleartext-Password', ':=', 'x'), ('a', 'Cleartext-Password', ':=', 'y'), ('b', 'Cleartext-Password', '==', 'z')`);
    await db.query(`INSERT INTO radusergroup (username, groupname, priority) VALUES ('a', 'nothing', 1)`);
    await db.query('DELETE FROM fibre_drop');
    const hourOff = (send: Send): Send => changed(send, (_path, _text, _status, headers) => ({ headers: { ...headers, date: new Date(Date.now() - 3_600_000).toUTCString() } }));
    const all = [
      await examineErpNext(
        changed(erpSend(), (path, text) => (path.includes('get_versions') ? { text: text.replace(/"1[56]\./g, '"13.') } : path.includes('Service%20Equipment') ? { status: 404, text: '{"exc_type":"DoesNotExistError"}' } : undefined)),
        clock, { zone: 'America/Vancouver', masters: { Item: ['FTTH150I', 'NO_SUCH_ITEM'] } },
      ),
      await examineNetBox(changed(axiosSend({ baseUrl: baseUrl(urls.ipam) }), (path, text) => (path.includes('custom-fields') ? { text: text.replaceAll('"unique":true', '"unique":false') } : undefined)), clock, { token: 'netbox-token', prefix: '10.99.0.0/24' }),
      await examineGenieAcs(changed(axiosSend({ baseUrl: urls.acs }), (path, _text, _status, headers) => ({ headers: { ...headers, 'genieacs-version': '1.3.0-dev' }, ...(path.startsWith('/provisions') ? { text: '[]' } : {}) })), clock, { guarded: false }),
      await examineVoltha({ address: '127.0.0.1:1', tls: false }, changed(axiosSend({ baseUrl: urls.vgc }), () => ({ status: 502 })), clock),
      await examineRadius(store(), undefined, randomBytes),
      await examineStripe(axiosSend({ baseUrl: urls.stripe, headers: { authorization: 'Bearer sk_live_wrong' } }), clock, { secretKey: 'sk_live_wrong', webhookSecret: 'secret', publicUrl: 'http://hub.example.ca' }),
      await examineTwilio(hourOff(axiosSend({ baseUrl: urls.twilio, headers: basic(twilio.accountSid, 'wrong') })), clock, { ...twilio, from: '514 555-0100' }),
      await examineMailjet(axiosSend({ baseUrl: 'http://127.0.0.1:1' }), clock), await examineHub(db),
    ];
    expect(codes(all)).toEqual([
      'ERPNext customerNaming', 'ERPNext missing', 'ERPNext roundedTotals', 'ERPNext rounding', 'ERPNext schema', 'ERPNext version', 'ERPNext zone', 'GenieACS openNbi', 'GenieACS scripts', 'GenieACS version', 'Hub noDrops',
      'Mailjet unreachable', 'NetBox keyField', 'NetBox prefix', 'RADIUS duplicatePassword', 'RADIUS emptyGroup', 'RADIUS operator', 'Stripe plainHttp', 'Stripe unauthorised', 'Stripe webhookSecret', 'Twilio clock', 'Twilio from', 'Twilio unauthorised', 'VOLTHA unreachable', 'VOLTHA vgc',
    ].sort());
    for (const { message, fix } of all.flatMap(({ findings }) => findings)) {
      expect(message.length * fix.length).toBeGreaterThan(0);
      expect(message + fix).not.toMatch(/sk_live_wrong|netbox-token|:wrong/);
    }
  }, 60_000);
});
