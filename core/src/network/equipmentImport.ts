import { readVoipRow, readWifiRow, deviceKey, type LegacyFault, type LegacyValues, type LegacyVoice, type LegacyVoip, type LegacyWifi } from './legacyRow.ts';

/** Service Equipment as the ERP has it. */
export interface EquipmentRow {
  readonly name: string;
  readonly serialNumber: string | null;
  readonly macAddress: string | null;
  readonly status: string;
  readonly wifiSsid: string | null;
  readonly sipUsername: string | null;
  readonly sipDomain: string | null;
}
/** What the old tables know of one piece of equipment. */
export interface ImportItem {
  readonly equipment: EquipmentRow;
  /** Upper case, under which the hub keeps its settings and the ACS asks for them. */
  readonly serial: string;
  readonly wifi?: Omit<LegacyWifi, 'table' | 'key'>;
  readonly voip?: Omit<LegacyVoip, 'table' | 'key'>;
}
export type ImportFault = LegacyFault | 'unmatched' | 'returned' | 'severalEquipments' | 'rowsDisagree' | 'equipmentWithoutSerial';
/** A row that leads nowhere: which, why, and the device it names. Never a secret, never a network's name. */
export interface ImportProblem { readonly table: 'wifi' | 'voip'; readonly row: number; readonly reason: ImportFault; readonly key?: string }
export interface ImportPlan {
  readonly items: readonly ImportItem[];
  readonly problems: readonly ImportProblem[];
  /** By row. Every row is counted exactly once: matched + repeated + unmatched + ambiguous + invalid = rows. */
  readonly counts: { readonly rows: number; readonly matched: number; readonly repeated: number; readonly unmatched: number; readonly ambiguous: number; readonly invalid: number };
}

const GONE = new Set(['Returned', 'Defective']);
const AMBIGUOUS = new Set<ImportFault>(['severalEquipments', 'rowsDisagree']);
const UNMATCHED = new Set<ImportFault>(['unmatched', 'returned']);
type Found = { readonly equipment: EquipmentRow } | { readonly fault: ImportFault };

/**
 * Leads each row of the old `wifi` and `voip` tables to one piece of equipment (S1-161, S1-162): Wi-Fi by MAC or serial, voice by serial
 * alone, in any spelling. A device that fits several, and rows of one device that disagree, are told and left: the rule does not choose.
 * @example planEquipmentImport([{ name: 'SEQ-1', serialNumber: '403F8C000001', macAddress: null, status: 'Actif', wifiSsid: null, sipUsername: null, sipDomain: null }], { wifi: [{ mac: '40-3f-8c-00-00-01', ssid: 'Maison', password: 'soleil-2026' }], voip: [] }).counts // { rows: 1, matched: 1, repeated: 0, unmatched: 0, ambiguous: 0, invalid: 0 }
 */
export function planEquipmentImport(equipment: readonly EquipmentRow[], tables: { readonly wifi: readonly LegacyValues[]; readonly voip: readonly LegacyValues[] }, voice: LegacyVoice = {}): ImportPlan {
  const find = finder(equipment);
  const problems: ImportProblem[] = [];
  const found = new Map<string, { equipment: EquipmentRow; rows: { row: number; told: LegacyWifi | LegacyVoip }[] }>();
  const rows = [...tables.wifi.map((values, i) => ({ row: i + 1, table: 'wifi' as const, told: readWifiRow(values) })), ...tables.voip.map((values, i) => ({ row: i + 1, table: 'voip' as const, told: readVoipRow(values, voice) }))];
  for (const { row, table, told } of rows) {
    const problem = (reason: ImportFault, key?: string): void => void problems.push({ table, row, reason, ...(key ? { key } : {}) });
    if ('type' in told) { problem(told.code); continue; }
    const one = find(told.key, table);
    if ('fault' in one) problem(one.fault, told.key);
    else if (deviceKey(one.equipment.serialNumber ?? '') === null) problem('equipmentWithoutSerial', told.key);
    else {
      const at = `${table} ${one.equipment.name}`;
      found.set(at, { equipment: one.equipment, rows: [...(found.get(at)?.rows ?? []), { row, told }] });
    }
  }
  const items = new Map<string, ImportItem>();
  let repeated = 0;
  let matched = 0;
  for (const { equipment: one, rows: same } of found.values()) {
    const { table, key: _key, ...told } = same[0]!.told;
    const text = (of: LegacyWifi | LegacyVoip): string => JSON.stringify({ ...of, key: '' });
    if (same.some((other) => text(other.told) !== text(same[0]!.told))) {
      for (const { row, told: { key } } of same) problems.push({ table, row, reason: 'rowsDisagree', key });
      continue;
    }
    matched += 1;
    repeated += same.length - 1;
    items.set(one.name, { ...(items.get(one.name) ?? { equipment: one, serial: one.serialNumber!.trim().toUpperCase() }), [table]: told });
  }
  const count = (kinds: ReadonlySet<ImportFault>): number => problems.filter(({ reason }) => kinds.has(reason)).length;
  const [ambiguous, unmatched] = [count(AMBIGUOUS), count(UNMATCHED)];
  return { items: [...items.values()], problems, counts: { rows: rows.length, matched, repeated, unmatched, ambiguous, invalid: problems.length - ambiguous - unmatched } };
}

function finder(equipment: readonly EquipmentRow[]): (key: string, table: 'wifi' | 'voip') => Found {
  const [bySerial, byMac] = [new Map<string, EquipmentRow[]>(), new Map<string, EquipmentRow[]>()];
  const add = (map: Map<string, EquipmentRow[]>, text: string | null, one: EquipmentRow): void => {
    const key = deviceKey(text ?? '');
    if (key) map.set(key, [...(map.get(key) ?? []), one]);
  };
  for (const one of equipment) {
    add(bySerial, one.serialNumber, one);
    add(byMac, one.macAddress, one);
  }
  return (key, table) => {
    const all = [...new Set([...(bySerial.get(key) ?? []), ...(table === 'wifi' ? (byMac.get(key) ?? []) : [])])];
    const here = all.filter(({ status }) => !GONE.has(status));
    if (here.length > 1) return { fault: 'severalEquipments' };
    return here[0] ? { equipment: here[0] } : { fault: all.length > 0 ? 'returned' : 'unmatched' };
  };
}

/** What the hub keeps of a device: nothing, the same from an earlier import, something else from one, or the settings of an order. */
export type KeptSettings = 'absent' | 'same' | 'differs' | 'order';
export interface ImportStep {
  readonly verdict: 'unchanged' | 'write' | 'kept';
  /** Whether the hub's settings are to be put. */
  readonly hub: boolean;
  /** What is to be set in the ERP; empty when it has it. */
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * What is to be done for one piece of equipment. Settings of an order are newer than the old tables, so they stay; so does a name that
 * somebody gave in the ERP and no import did. Only where the hub holds an earlier import with something else do the tables win. The ERP is
 * written before the hub, so that a run that broke off in between is finished by the next.
 * @example importStep({ equipment: { name: 'SEQ-1', serialNumber: 'X', macAddress: null, status: 'Actif', wifiSsid: null, sipUsername: null, sipDomain: null }, serial: 'X' }, 'order').verdict // 'kept'
 */
export function importStep({ equipment, wifi, voip }: ImportItem, kept: KeptSettings): ImportStep {
  const wanted = [['wifi_ssid', wifi?.ssid, equipment.wifiSsid], ['sip_username', voip?.username, equipment.sipUsername], ['sip_domain', voip?.domain, equipment.sipDomain]] as const;
  const other = wanted.filter(([, value, now]) => value !== undefined && value !== (now ?? ''));
  const foreign = kept !== 'differs' && other.some(([, , now]) => (now ?? '') !== '');
  if (kept === 'order' || foreign) return { verdict: 'kept', hub: false, fields: {} };
  const fields = Object.fromEntries(other.map(([name, value]) => [name, value!]));
  const hub = kept !== 'same';
  return { verdict: hub || other.length > 0 ? 'write' : 'unchanged', hub, fields };
}
