import type { LegacyValues } from '../network/legacyRow.ts';

/** The old back office's tables, row by row as exported. */
export interface LegacyTables {
  readonly fibre: readonly LegacyValues[];
  readonly service: readonly LegacyValues[];
  readonly delivery: readonly LegacyValues[];
  readonly account: readonly LegacyValues[];
}
export type LegacyTable = keyof LegacyTables;

/** The columns each field was ever called. The first that holds something is taken. */
export const legacyMapColumns = {
  fibreId: ['id', 'fibre_id'], serviceId: ['id', 'service_id'], deliveryId: ['id', 'delivery_id'], accountId: ['id', 'account_id'],
  toService: ['service_id'], toDelivery: ['delivery_id'], toAccount: ['account_id'],
  street: ['rue', 'street', 'address_line', 'address1', 'address'], city: ['ville', 'city'], postalCode: ['zip', 'postal_code', 'code_postal', 'cp'],
  latitude: ['latitude', 'lat'], longitude: ['longitude', 'lng', 'lon'],
  oltIp: ['olt_ip', 'info_connect'], frame: ['frame'], slot: ['slot'], port: ['port'], path: ['olt_port', 'olt_path'], ontId: ['ontid', 'ont_id'],
  product: ['sku', 'product_sku', 'item', 'item_code', 'product', 'product_id', 'plan'], price: ['price', 'mrc', 'rate', 'monthly', 'amount'],
  status: ['status', 'state', 'active', 'actif'], start: ['start_date', 'date_start', 'date_orig', 'activated_at', 'created_at'],
  company: ['company', 'company_name', 'compagnie'], name: ['name', 'customer_name', 'full_name', 'nom_complet'], firstName: ['first_name', 'prenom'], lastName: ['last_name', 'nom'],
  email: ['email', 'email_id', 'courriel'], phone: ['phone', 'mobile_no', 'tel', 'tel_home', 'cell', 'telephone'], language: ['language', 'language_id', 'langue', 'lang'],
} as const;

/**
 * One cell of an exported row under any of its names, trimmed; '' when there is none.
 * @example legacyCell({ Ville: ' Ormstown ' }, legacyMapColumns.city) // 'Ormstown'
 */
export function legacyCell(values: LegacyValues, names: readonly string[]): string {
  for (const name of names) {
    for (const [column, value] of Object.entries(values)) {
      if (column.trim().toLowerCase() !== name || !['string', 'number', 'boolean'].includes(typeof value)) continue;
      const text = String(value).trim();
      if (text !== '') return text;
    }
  }
  return '';
}

/**
 * An id as both sides mean it: spreadsheets add `.0` and drop leading zeros. '' when it points nowhere (empty, 0, NULL), null when it is no id.
 * @example legacyId('00042.0') // '42'
 */
export function legacyId(text: string): string | null {
  const plain = text.trim().replace(/^(\d+)\.0+$/, '$1').replace(/^0+(?=\d)/, '');
  if (plain === '' || plain === '0' || /^(null|none|n\/a)$/i.test(plain)) return '';
  return /^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$/.test(plain) ? plain : null;
}

/** What a table holds under an id: one row (perhaps written several times), or rows that disagree. */
export type LegacyFound = LegacyValues | 'rowsDisagree' | undefined;

/**
 * Finds rows by id. The same row twice is one; two that differ are told as such, for the rule does not choose.
 * @example legacyIndex([{ id: 7, a: 1 }, { id: '07', a: 2 }], ['id'])('7') // 'rowsDisagree'
 */
export function legacyIndex(rows: readonly LegacyValues[], idColumns: readonly string[]): (id: string) => LegacyFound {
  const map = new Map<string, LegacyValues | 'rowsDisagree'>();
  for (const row of rows) {
    const id = legacyId(legacyCell(row, idColumns));
    if (!id) continue;
    const before = map.get(id);
    map.set(id, before === undefined ? row : before !== 'rowsDisagree' && sameLegacyRow(before, row, idColumns) ? before : 'rowsDisagree');
  }
  return (id) => map.get(id);
}

/**
 * Whether two rows say the same, the spelling of their id aside.
 * @example sameLegacyRow({ id: '07', city: 'Ormstown' }, { id: 7, city: 'Ormstown ' }, ['id']) // true
 */
export function sameLegacyRow(a: LegacyValues, b: LegacyValues, idColumns: readonly string[]): boolean {
  const said = (row: LegacyValues): string => JSON.stringify(Object.entries(row)
    .map(([column, value]) => [column.trim().toLowerCase(), String(value ?? '').trim()] as const).filter(([column, value]) => value !== '' && !idColumns.includes(column)).sort());
  return said(a) === said(b);
}
