import { shortHash } from '../../../core/src/index.ts';
import type { Premises } from '../../availability/src/index.ts';
import type { DropRow } from '../../journal/src/index.ts';

/** Drops by premises: those of one building share an address and so one pick-list token, which says nothing of any port. */
export function premisesOf(drops: readonly DropRow[]): readonly Premises[] {
  const found = new Map<string, { premises: Omit<Premises, 'fibreIds'>; fibreIds: number[] }>();
  for (const { fibreId, street, city, postalCode, latitude, longitude } of drops) {
    const key = `${street}|${city}|${postalCode}`.toLowerCase();
    const known = found.get(key);
    if (known) known.fibreIds.push(fibreId);
    else found.set(key, { premises: { premisesId: `prm_${shortHash(key)}`, street, municipality: city, postalCode, latitude: latitude ?? 0, longitude: longitude ?? 0 }, fibreIds: [fibreId] });
  }
  return [...found.values()].map(({ premises, fibreIds }) => ({ ...premises, fibreIds }));
}
