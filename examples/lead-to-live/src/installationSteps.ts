// The installation phase: address before AAA, AAA before light, light before CPE, proof before "active", "active" before the bill.
import {
  accessProfile, activationGate, canadaTaxTable, cpeProfile, defaultActivationPolicy, defaultOntSettings, firstInvoice, money, orderNotices, refuse, salesInvoice, type Json, type JsonObject, type ProductOrder, type Refused,
} from '@leadlight/core';
import { toSiteTime } from '@leadlight/erpnext';
import { again } from './again.ts';
import { ZONE } from './checkout.ts';
import type { Clients } from './clients.ts';
import { namesIn } from './documents.ts';
import { dropIn, tokenIn } from './orderSteps.ts';
import type { Given, StepWork } from './runSaga.ts';

const POOL = '100.64.16.0/22';

/** `ordered`: what the order phase answered, from the journal. */
export function installationSteps(order: ProductOrder, ordered: Given, ont: string, clients: Clients): Readonly<Record<string, StepWork>> {
  const { hub, erp, ipam, acs, clock } = clients;
  const { orderId, fibreId } = order;
  const username = `SVC-${orderId}`;
  const plan = order.access!;
  const names = namesIn(ordered);
  const addressOf = ({ address, host }: { readonly address: string; readonly host: string }): JsonObject => ({ address, host });
  const subscriberOf = ({ access, framedIp }: { readonly access: string; readonly framedIp: string | null }): JsonObject => ({ username, access, framedIp });
  const told = async (trigger: string): Promise<JsonObject | Refused> => {
    const states: Record<string, Json> = {};
    for (const message of orderNotices(order, { is: 'activated' }).filter((one) => one.trigger === trigger)) states[message.channel] = (await hub.notices.send(message)).state;
    return Object.values(states).includes('failed') ? refuse('noticeFailed', 'A notice did not leave.') : states;
  };

  return {
    occupyPort: again(async () => {
      const lease = await hub.drops.occupy(fibreId, { orderId, token: tokenIn(ordered), serial: ont });
      return lease.type === 'refused' ? lease : { lease: lease.type, serial: ont };
    }),
    allocateIp: {
      do: async () => addressOf((await ipam.ipAddresses.allocate({ prefix: POOL, key: `${orderId}:ip`, description: `Leadlight ${orderId}` })).ip),
      observe: async () => {
        const there = await ipam.ipAddresses.findByKey(`${orderId}:ip`);
        return there && addressOf(there);
      },
    },
    createSubscriber: {
      do: async (given) => subscriberOf(await hub.radius.ensure({ username, planSku: plan.sku, downKbps: plan.downKbps, upKbps: plan.upKbps, nasVendor: 'mikrotik', framedIp: String(given['allocateIp']!['host']) })),
      observe: async () => {
        const there = await hub.radius.get(username);
        return there.access === 'absent' ? null : subscriberOf(there);
      },
    },
    provisionOnu: again(async () => {
      const profile = accessProfile(plan, dropIn(ordered));
      if (profile.type === 'refused') return profile;
      const { sVlan, cVlan, downKbps, upKbps, profileBase, techProfileId } = profile.value;
      const { flowStatus, port } = await hub.voltha.provision(ont, { sVlan, cVlan, downKbps, upKbps, profileBase, techProfileId });
      return { port, sVlan, cVlan, flowStatus };
    }),
    applyProfile: again(async () => {
      const device = await acs.devices.findBySerial(ont);
      // The ONT's paths come from documents; applyProfile looks each up on this device before it writes.
      const profile = cpeProfile(device, defaultOntSettings, { allowUnverified: true });
      if (profile.type === 'refused') return profile;
      const result = await acs.applyProfile(device.id, profile.value.parameters, { onUnwritable: 'skip', uniqueKey: `${ont}-profile` });
      return result.type === 'executed' ? { profile: result.type, parameters: result.parameters.length } : refuse('profileNotApplied', result.because, { hint: 'Restart the device, then run again.' });
    }),
    // Every reading is taken now; what nobody read is missing, never fine.
    gate: again(async (given) => {
      const [optical, subscriber, onu] = [await hub.voltha.optical(ont), await hub.radius.get(username), await hub.voltha.get(ont)];
      const decision = activationGate(
        {
          optical, flowStatus: String(given['provisionOnu']!['flowStatus']), radius: { access: subscriber.access, ip: subscriber.framedIp }, allocatedIp: String(given['allocateIp']!['address']),
          serial: { scanned: ont, seen: onu.serial }, cpe: { parameters: { profile: String(given['applyProfile']!['profile']) } },
        },
        { ...defaultActivationPolicy, checks: [], cpe: { profile: 'executed' } },
      );
      // The moment is a journaled fact from here on: a run that repeats itself bills from the same day.
      return decision.type === 'refused' ? decision : { live: true, at: clock.now(), rxPowerDbm: optical.rxPowerDbm, policyVersion: decision.value.policyVersion };
    }),
    activateDocuments: again(async (given) => {
      const at = String(given['gate']!['at']);
      const siteTime = toSiteTime(at, ZONE);
      const day = siteTime.slice(0, 10);
      const wanted = [
        ['Service Location', 'location', { status: 'Active', activated_at: siteTime }],
        ['Service Subscription', 'sub:%', { status: 'Active', activated_at: siteTime, start_date: day }],
        ['Service Equipment', 'eq:%', { status: 'Actif', installed_at: siteTime }],
        ['Task', 'task:%', { status: 'Completed', completed_on: day }],
        ['Dispatch Job', 'dispatch', { status: 'Completed', completed_at: siteTime }],
      ] as const;
      const active: Record<string, Json> = {};
      for (const [doctype, key, fields] of wanted) {
        for (const row of await erp.documents.list(doctype, { filters: [['leadlight_id', 'like', `${orderId}:${key}`]] })) {
          const { doc } = await erp.documents.updateWithRetry(doctype, String(row['name']), (now) => (now['status'] === fields.status ? null : fields));
          if (doc['status'] !== fields.status) return refuse('notActive', `${doctype} ${doc.name} reads ${String(doc['status'])}.`, { hint: 'Look at the document in ERPNext.' });
          active[doctype] = Number(active[doctype] ?? 0) + 1;
        }
      }
      return active;
    }),
    firstInvoice: again(async (given) => {
      const account = { zone: ZONE, currency: order.currency, jurisdiction: order.jurisdiction };
      const bill = firstInvoice({ orderId, account, lines: order.quote, language: order.language, activatedAt: String(given['gate']!['at']), prepaymentMinor: order.dueNowMinor, taxTable: canadaTaxTable });
      if (bill.type === 'refused') return bill;
      const invoice = salesInvoice(bill.value, {
        customer: names['customer']!, location: names['location']!, company: 'Gigafibre', sellingPriceList: 'Résidentiel', language: order.language, taxAccounts: { GST: 'TPS à payer - GF', QST: 'TVQ à payer - GF' },
      });
      const { netTotalMinor, taxMinor, grandTotalMinor } = invoice.expected;
      const totals = { total: money(grandTotalMinor, order.currency), tax: money(taxMinor, order.currency), net: money(netTotalMinor, order.currency) };
      const { name, doc } = await erp.documents.ensure('Sales Invoice', bill.value.id, invoice.fields, { submit: true, totals });
      return { invoice: name, grandTotal: doc['grand_total'] ?? null, outstanding: doc['outstanding_amount'] ?? null, day: bill.value.issuedOn };
    }),
    notifyActivated: again(() => told('serviceActivated')),
    announceActivated: again(async (given) => {
      const { status } = await hub.orders.record(orderId, { step: 'activated', system: 'core', outcome: 'done', readBack: { at: String(given['gate']!['at']) } });
      return { order: status };
    }),
  };
}
