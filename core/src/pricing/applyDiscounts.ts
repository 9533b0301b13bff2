import type { Catalog, ProductOffering } from '../catalog/catalog.ts';
import { mrcOn } from '../catalog/mrcOn.ts';
import type { CivilDate } from '../kernel/civil.ts';
import { accept, refuse, type Decision } from '../kernel/decision.ts';
import type { QuoteLine } from './quote.ts';
import type { SelectedOffering } from './selectOfferings.ts';

/**
 * The monthly discounts of a selection: the one best combo tier by the number of different services, or a special discount in its
 * place; then the commitment. Each is capped by what is left of the discountable charges, so a bill never turns negative
 * (S1-053…058, S1-063, decisions 1 to 8).
 * @example applyDiscounts(chosen, residentialCatalog, '2026-04-03', { commitmentMonths: 24 }).value.map(({ sku, amountMinor }) => [sku, amountMinor]) // [['RAB3X', -1000], ['RAB24M', -1500]]
 */
export function applyDiscounts(
  chosen: readonly SelectedOffering[],
  catalog: Catalog,
  on: CivilDate,
  terms: { readonly commitmentMonths?: number; readonly manualDiscount?: { readonly sku: string; readonly authorisedBy: string } },
): Decision<readonly QuoteLine[], 'discountUnknown'> {
  const offered = catalog.offerings.filter((one) => one.discount !== undefined && one.comboReady);
  const services = new Set(chosen.flatMap(({ offering }) => (offering.comboService ? [offering.comboService] : [])));
  const apply: { offering: ProductOffering; why: string }[] = [];

  if (terms.manualDiscount) {
    const { sku, authorisedBy } = terms.manualDiscount;
    const special = offered.find((one) => one.sku === sku && one.discount?.kind === 'manual');
    if (!special || authorisedBy.trim() === '') {
      return refuse('discountUnknown', 'This special discount does not exist or nobody authorised it.', { path: 'manualDiscount', hint: 'Name a discount of kind manual and who allowed it.' });
    }
    apply.push({ offering: special, why: 'special discount, authorised by a person; it replaces the combo discount' });
  } else {
    const tiers = offered.flatMap((offering) => (offering.discount?.kind === 'combo' ? [{ offering, from: offering.discount.minServices }] : []));
    const best = tiers.filter(({ from }) => from <= services.size).sort((a, b) => b.from - a.from)[0];
    if (best) apply.push({ offering: best.offering, why: `${services.size} services in the order: ${[...services].sort().join(', ')}` });
  }

  const months = terms.commitmentMonths ?? 0;
  if (months > 0) {
    const commitment = offered.find((one) => one.discount?.kind === 'commitment' && one.discount.months === months);
    if (!commitment) return refuse('discountUnknown', `The catalogue has no ${months}-month commitment.`, { path: 'commitmentMonths' });
    apply.push({ offering: commitment, why: `commitment of ${months} months` });
  }

  let left = chosen.reduce((sum, { offering, quantity }) => sum + (offering.discountable ? mrcOn(offering, on) * quantity : 0), 0);
  const lines: QuoteLine[] = [];
  for (const { offering, why } of apply) {
    const full = -offering.mrcMinor;
    const granted = Math.min(full, left);
    if (granted <= 0) continue;
    left -= granted;
    lines.push({
      sku: offering.sku, family: 'discount', label: offering.label, quantity: 1, amountMinor: -granted, taxCode: offering.taxCode, prorated: offering.prorated,
      because: granted < full ? `${why}; reduced from ${full} to what was left of the discountable charges` : why,
    });
  }
  return accept(lines, ...lines.map((line) => `${line.sku}: ${line.because}`));
}
