// The old provisioning tables (genieacs.wifi, genieacs.voip) into Service Equipment and the hub's vault. core decides, this acts.
import { importStep, isVendorError, planEquipmentImport, type EquipmentRow, type ImportItem, type ImportProblem, type JsonObject, type KeptSettings, type LegacyValues, type LegacyVoice } from '../../../core/src/index.ts';
import { each } from '../../erpnext/src/each.ts';
import type { ErpNext } from '../../erpnext/src/index.ts';
import type { DeviceImportItem } from './api.ts';
import type { HubClient } from './client.ts';

export interface EquipmentImportOptions {
  /** Default true: reads and compares, writes nothing. */
  readonly dryRun?: boolean;
  /** SIP domain and registrar where a row has none. */
  readonly voice?: LegacyVoice;
  /** How many documents are saved at the same time; default 4. */
  readonly concurrency?: number;
  readonly progress?: (done: number, of: number) => void;
}
export interface EquipmentFailure { readonly equipment: string; readonly serial: string; readonly kind: string }
export interface EquipmentImportReport {
  readonly type: 'equipmentImport';
  readonly dryRun: boolean;
  /** Service Equipment in the ERP. */
  readonly equipment: number;
  /** By row of the tables: matched + repeated + unmatched + ambiguous + invalid = rows. */
  readonly rows: number;
  readonly matched: number;
  readonly repeated: number;
  readonly unmatched: number;
  readonly ambiguous: number;
  readonly invalid: number;
  /** By piece of equipment. `toWrite` in a dry run, `written` otherwise; `kept` has newer settings than the tables. */
  readonly unchanged: number;
  readonly toWrite: number;
  readonly written: number;
  readonly kept: number;
  readonly failed: number;
  readonly reasons: Readonly<Record<string, number>>;
  readonly ok: boolean;
}

const BATCH = 200;
const DOCTYPE = 'Service Equipment';
/** After so many failures in a row something is wrong that the next one will not be spared. */
const ENOUGH = 20;

/**
 * Plans and, unless it is a dry run, carries out the import. Repeats nothing blindly: each piece of equipment is compared in both systems
 * first, so that a second run writes nothing and a broken one is finished by the next. No secret is in the report, in a problem or an error.
 * @throws VendorError when the equipment cannot be listed.
 * @example const { report } = await importEquipment(erp, hub, { wifi: readTable(csv), voip: [] }); // a dry run
 */
export async function importEquipment(
  erp: Pick<ErpNext, 'documents'>, hub: Pick<HubClient, 'devices'>, tables: { readonly wifi: readonly LegacyValues[]; readonly voip: readonly LegacyValues[] }, options: EquipmentImportOptions = {},
): Promise<{ readonly report: EquipmentImportReport; readonly problems: readonly ImportProblem[]; readonly failures: readonly EquipmentFailure[] }> {
  const { dryRun = true, voice = {}, concurrency = 4 } = options;
  const equipment: EquipmentRow[] = [];
  const modified = new Map<string, string>();
  for await (const row of erp.documents.listAll(DOCTYPE, { fields: ['modified', 'serial_number', 'mac_address', 'status', 'wifi_ssid', 'sip_username', 'sip_domain'] })) {
    equipment.push(equipmentOf(row));
    modified.set(String(row['name']), String(row['modified']));
  }
  const plan = planEquipmentImport(equipment, tables, voice);
  const failures: EquipmentFailure[] = [];
  const tally = { unchanged: 0, toWrite: 0, written: 0, kept: 0, cardLike: 0 };
  let inARow = 0;
  const fail = ({ equipment: { name }, serial }: ImportItem, kind: string): void => {
    failures.push({ equipment: name, serial, kind });
    inARow += 1;
  };
  for (let from = 0; from < plan.items.length; from += BATCH) {
    const batch = plan.items.slice(from, from + BATCH);
    if (inARow >= ENOUGH) {
      for (const item of batch) fail(item, 'notTried');
      continue;
    }
    const compared = await ask(hub.devices.compareImport, batch);
    for (const [item, kind] of compared.failed) kind === 'cardDataRefused' ? (tally.cardLike += 1) : fail(item, kind);
    const steps = compared.answered.map(([item, kept]) => ({ item, step: importStep(item, kept) }));
    for (const { step: { verdict } } of steps) verdict === 'write' ? (tally.toWrite += 1) : (tally[verdict] += 1);
    if (!dryRun) {
      const saved: typeof steps = [];
      await each(steps.filter(({ step }) => step.verdict === 'write'), concurrency, async (one) => {
        const kind = inARow >= ENOUGH ? 'notTried' : await save(erp, one.item.equipment.name, one.step.fields, modified.get(one.item.equipment.name)!);
        if (kind) return fail(one.item, kind);
        inARow = 0;
        saved.push(one);
      });
      const put = await ask(hub.devices.import, saved.filter(({ step }) => step.hub).map(({ item }) => item));
      for (const [item, kind] of put.failed) fail(item, kind);
      // An order that came in between is newer: the hub kept it, and so is nothing lost.
      tally.kept += put.answered.filter(([, kept]) => kept === 'order').length;
      tally.written += put.answered.filter(([, kept]) => kept !== 'order').length + saved.filter(({ step }) => !step.hub).length;
    }
    options.progress?.(Math.min(from + BATCH, plan.items.length), plan.items.length);
  }
  const reasons: Record<string, number> = tally.cardLike > 0 ? { looksLikeCardNumber: tally.cardLike } : {};
  for (const { reason } of plan.problems) reasons[reason] = (reasons[reason] ?? 0) + 1;
  const { cardLike, written, toWrite, ...rest } = tally;
  return {
    report: { type: 'equipmentImport', dryRun, equipment: equipment.length, ...plan.counts, ...rest, toWrite: dryRun ? toWrite : 0, written, failed: failures.length + cardLike, reasons, ok: failures.length + cardLike === 0 },
    problems: plan.problems, failures,
  };
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const equipmentOf = (row: JsonObject): EquipmentRow => ({
  name: String(row['name']), serialNumber: textOf(row['serial_number']), macAddress: textOf(row['mac_address']), status: String(row['status'] ?? ''), wifiSsid: textOf(row['wifi_ssid']), sipUsername: textOf(row['sip_username']), sipDomain: textOf(row['sip_domain']),
});

/** Saves, unless somebody saved since the list was read: then the next run looks at what he did. The kind of failure, if there was one. */
async function save(erp: Pick<ErpNext, 'documents'>, name: string, fields: Readonly<Record<string, string>>, modified: string): Promise<string | undefined> {
  if (Object.keys(fields).length === 0) return undefined;
  try {
    await erp.documents.update(DOCTYPE, name, fields, { strict: true, modified });
    return undefined;
  } catch (error) {
    if (isVendorError(error)) return error.kind;
    throw error;
  }
}

interface Asked { readonly answered: readonly (readonly [ImportItem, KeptSettings])[]; readonly failed: readonly (readonly [ImportItem, string])[] }
/** Asks the hub about a batch. It refuses a whole batch for one secret that reads like a card number: that one is left out and the rest asked again. */
async function ask(call: HubClient['devices']['import'], items: readonly ImportItem[]): Promise<Asked> {
  const failed: (readonly [ImportItem, string])[] = [];
  let left = [...items];
  while (left.length > 0) {
    try {
      const answer = await call(left.map(({ equipment: { name }, serial, wifi, voip }): DeviceImportItem => ({ serial, equipment: name, ...(wifi ? { wifi } : {}), ...(voip ? { voip } : {}) })));
      if (answer.type !== 'refused') return { answered: left.map((item, i) => [item, answer.items[i]!.kept] as const), failed };
      const at = Number(/^(?:body\.)?items\[(\d+)\]/.exec(answer.path ?? '')?.[1] ?? NaN);
      const culprit = left[at];
      if (answer.code !== 'cardDataRefused' || !culprit) return { answered: [], failed: [...failed, ...left.map((item) => [item, answer.code] as const)] };
      failed.push([culprit, answer.code]);
      left = left.filter((item) => item !== culprit);
    } catch (error) {
      if (!isVendorError(error)) throw error;
      return { answered: [], failed: [...failed, ...left.map((item) => [item, error.kind] as const)] };
    }
  }
  return { answered: [], failed };
}
