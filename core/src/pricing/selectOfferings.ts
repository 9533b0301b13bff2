import { any, having, int, misfit, text } from '../kernel/shapes.ts';
import type { Catalog, OfferingFamily, ProductOffering } from '../catalog/catalog.ts';
import { isSold } from '../catalog/isSold.ts';
import { findOffering } from '../catalog/mrcOn.ts';
import type { CivilDate } from '../kernel/civil.ts';
import { accept, deny, type Decision, type Refused } from '../kernel/decision.ts';
import type { CheckoutSelection, PriceRefusal } from './quote.ts';

/** An offering in the order, `quantity` times; `picked` says whether the customer chose it or it came by itself. */
export interface SelectedOffering {
  readonly offering: ProductOffering;
  readonly quantity: number;
  readonly picked: boolean;
}

const sku = text('^\\S.{0,39}$', 'a text of 1 to 40 characters');
/** A selection from outside. What else it holds is not looked at. */
export const selectionSchema = having(
  { services: any(having({ sku, type: { type: 'string', enum: ['internet', 'tv', 'phone'] } }, { quantity: int(1, 100) }), 20) },
  { addOns: any(sku, 50), commitmentMonths: { enum: [0, 24, 36] }, tvBoxes: int(0, 100), plan: sku, coupons: any(sku, 10) },
);
const ALONE: readonly OfferingFamily[] = ['internet', 'tv'];

/**
 * Finds what a selection stands for in the catalogue and adds what comes by itself (S1-051, S1-052, S1-059); with a day, only what is sold
 * that day. The answer is in the catalogue's order, so that prices do not depend on the order in which services were picked.
 * @example selectOfferings({ services: [{ sku: 'TELEPMENS', type: 'phone' }] }, residentialCatalog).value.map(({ offering }) => offering.sku) // ['TELEPMENS', 'SERV911', 'ACTTELEP']
 */
export function selectOfferings(input: CheckoutSelection, catalog: Catalog, on?: CivilDate): Decision<readonly SelectedOffering[], PriceRefusal> {
  const wrong = misfit(selectionSchema, input);
  if (wrong) return wrong;
  const { services, addOns = [], tvBoxes, plan } = input;
  if (!services[0] && !plan) return deny('noServices', 'services', 'Nothing was ordered.');
  const picked = new Map<string, number>();
  const families = new Set<OfferingFamily>();
  const pick = (sku: string, quantity: number, family: OfferingFamily, path: string): Refused<PriceRefusal> | undefined => {
    const offering = findOffering(catalog, sku);
    const max = offering?.maxQuantity ?? 1;
    const wrong: readonly [PriceRefusal, string] | false =
      !offering ? ['unknownSku', 'not in the catalogue']
      : offering.family !== family ? ['skuTypeMismatch', `of type ${offering.family}, not ${family}`]
      : !isSold(offering, on) ? ['skuNotOffered', 'not offered']
      : picked.has(sku) || (ALONE.includes(family) && families.has(family)) ? ['duplicateService', 'one too many']
      : quantity > max && ['quantityTooHigh', `allowed at most ${max} times`];
    if (wrong) return deny(wrong[0], path, `This is ${wrong[1]}.`, 'Pick from the catalogue.');
    picked.set(sku, quantity);
    families.add(family);
    return undefined;
  };
  let no: Refused<PriceRefusal> | undefined;
  services.forEach(({ sku, quantity = 1, type }, i) => (no ??= pick(sku, quantity, type, `services[${i}].sku`)));
  if (plan) no ??= pick(plan, 1, 'plan', 'plan');
  addOns.forEach((sku, i) => (no ??= pick(sku, 1, 'addon', `addOns[${i}]`)));
  const boxes = tvBoxes ?? (families.has('tv') ? 1 : 0);
  if (boxes) no ??= pick(catalog.tvBoxSku ?? '', boxes, 'equipment', 'tvBoxes');
  if (no) return no;

  const chosen: SelectedOffering[] = [];
  for (const offering of catalog.offerings) {
    const { sku, requires, autoWith } = offering;
    const quantity = picked.get(sku);
    if (quantity !== undefined) {
      const missing = requires?.find((family) => !families.has(family));
      if (missing) return deny('requirementMissing', 'services', `${sku} needs ${missing} in the order.`);
      chosen.push({ offering, quantity, picked: true });
    } else if (autoWith && families.has(autoWith.family) && isSold(offering, on)) {
      const units = catalog.offerings.reduce((sum, one) => sum + (one.family === autoWith.family ? picked.get(one.sku) ?? 0 : 0), 0);
      chosen.push({ offering, quantity: autoWith.per === 'unit' ? units : 1, picked: false });
    }
  }
  return accept(chosen);
}
