import { isCivilDate, type CivilDate } from '../kernel/civil.ts';
import { fromDecimal } from '../kernel/decimal.ts';
import type { LegacyValues } from '../network/legacyRow.ts';
import { legacyCell, legacyMapColumns } from './legacyTable.ts';

/** A service of the old system as the back office bills it. The price is in minor units. */
export interface LegacyService { readonly item: string; readonly mrcMinor: number; readonly status: 'Active' | 'Suspended' | 'ended'; readonly start?: CivilDate }
export type LegacyServiceFault = 'itemUnknown' | 'priceUnreadable' | 'statusUnknown';

const WORDS: Readonly<Record<LegacyService['status'], readonly string[]>> = {
  Active: ['', '1', 'active', 'actif', 'active service', 'on', 'yes', 'oui', 'true', 'a'],
  Suspended: ['suspended', 'suspendu', 'suspendue', 'suspend', 's'],
  ended: ['0', 'cancelled', 'canceled', 'annule', 'inactive', 'inactif', 'terminated', 'resilie', 'closed', 'ferme', 'off', 'no', 'non', 'false'],
};

/**
 * Reads a service row: which item, at which monthly price, in which state. `items` leads an old product's code to an item's; without an
 * entry the code is the item's own. A word nobody told us is refused, because an ended service must not be billed again.
 * @example readLegacyService({ product_id: 12, price: '99,95', status: 'actif' }, new Set(['FTTH150I']), { 12: 'FTTH150I' }, 'CAD') // { item: 'FTTH150I', mrcMinor: 9995, status: 'Active' }
 */
export function readLegacyService(row: LegacyValues, itemCodes: ReadonlySet<string>, items: Readonly<Record<string, string>>, currency: string): LegacyService | LegacyServiceFault {
  const word = legacyCell(row, legacyMapColumns.status).toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  const status = (Object.keys(WORDS) as LegacyService['status'][]).find((one) => WORDS[one].includes(word));
  if (!status) return 'statusUnknown';
  const product = legacyCell(row, legacyMapColumns.product);
  const item = Object.hasOwn(items, product) ? items[product]! : product;
  if (status === 'ended') return { item, mrcMinor: 0, status };
  if (item === '' || !itemCodes.has(item)) return 'itemUnknown';
  const start = legacyCell(row, legacyMapColumns.start).slice(0, 10);
  try {
    const mrcMinor = fromDecimal(legacyCell(row, legacyMapColumns.price).replace(/\s*\$\s*/, '').replace(/^(\d+),(\d{1,2})$/, '$1.$2'), currency);
    return mrcMinor < 0 ? 'priceUnreadable' : { item, mrcMinor, status, ...(isCivilDate(start) ? { start } : {}) };
  } catch {
    return 'priceUnreadable';
  }
}
