import type { Catalog, OfferingFamily, ProductOffering } from '../catalog/catalog.ts';
import { findOffering } from '../catalog/mrcOn.ts';
import { accept, refuse, type Decision, type Refused } from '../kernel/decision.ts';
import { list, oneOf, optional, parse, record, text, whole, type Reader } from '../kernel/parse.ts';
import type { CheckoutSelection, PriceRefusal } from './quote.ts';

/** An offering in the order, `quantity` times; `picked` says whether the customer chose it or it came by itself. */
export interface SelectedOffering {
  readonly offering: ProductOffering;
  readonly quantity: number;
  readonly picked: boolean;
}

const commitment: Reader<0 | 24 | 36> = (value, path) => {
  const months = whole(0, 36)(value, path);
  return months === 0 || months === 24 || months === 36 ? months : (oneOf('0', '24', '36')(undefined, path) as never);
};

/** Reads a selection from outside; wrong types complain with their path. */
export const readSelection = record({
  services: list(record({ sku: text(40), type: oneOf('internet', 'tv', 'phone'), quantity: optional(whole(1, 100)) }), 0, 20),
  addOns: optional(list(text(40), 0, 50)),
  commitmentMonths: optional(commitment),
  tvBoxes: optional(whole(0, 100)),
});

/**
 * Finds what a selection stands for in the catalogue and adds what comes by itself (S1-051, S1-052, S1-059). The answer is in the
 * catalogue's order, so that prices do not depend on the order in which services were picked.
 * @example selectOfferings({ services: [{ sku: 'TELEPMENS', type: 'phone' }] }, residentialCatalog).value.map(({ offering }) => offering.sku) // ['TELEPMENS', 'SERV911', 'ACTTELEP']
 */
export function selectOfferings(input: CheckoutSelection, catalog: Catalog): Decision<readonly SelectedOffering[], PriceRefusal> {
  const selection = parse<CheckoutSelection>(readSelection as Reader<CheckoutSelection>, input);
  if ('type' in selection) return selection as Refused<'badInput'>;
  if (selection.services.length === 0) return refuse('noServices', 'Nothing was ordered.', { path: 'services', hint: 'Pick at least one service.' });
  const picked = new Map<string, number>();
  const families = new Set<OfferingFamily>();
  const pick = (sku: string, quantity: number, allowed: OfferingFamily, path: string): Refused<PriceRefusal> | null => {
    const offering = findOffering(catalog, sku);
    if (!offering) return refuse('unknownSku', 'No such offering is in the catalogue.', { path, hint: 'Ask for the catalogue again; SKUs are case-sensitive.' });
    if (offering.family !== allowed) return refuse('skuTypeMismatch', `${offering.sku} is not of type ${allowed}.`, { path, hint: `${offering.sku} is of type ${offering.family}.` });
    if (!offering.comboReady) return refuse('skuNotOffered', `${offering.sku} is no longer offered.`, { path, hint: 'Pick a current offering.' });
    const alone = (allowed === 'internet' || allowed === 'tv') && families.has(allowed);
    if (picked.has(sku) || alone) return refuse('duplicateService', `The order has more than one ${allowed} offering where one is allowed.`, { path, hint: 'Remove one; use quantity for several of the same.' });
    if (quantity > (offering.maxQuantity ?? 1)) return refuse('quantityTooHigh', `At most ${offering.maxQuantity ?? 1} of ${offering.sku} can be ordered.`, { path, facts: { max: offering.maxQuantity ?? 1 } });
    picked.set(sku, quantity);
    families.add(allowed);
    return null;
  };
  for (const [index, service] of selection.services.entries()) {
    const no = pick(service.sku, service.quantity ?? 1, service.type, `services[${index}].sku`);
    if (no) return no;
  }
  for (const [index, sku] of (selection.addOns ?? []).entries()) {
    const no = pick(sku, 1, 'addon', `addOns[${index}]`);
    if (no) return no;
  }
  const boxes = selection.tvBoxes ?? (families.has('tv') ? 1 : 0);
  const noBox = boxes > 0 ? pick(catalog.tvBoxSku, boxes, 'equipment', 'tvBoxes') : null;
  if (noBox) return noBox;

  const chosen: SelectedOffering[] = [];
  for (const offering of catalog.offerings) {
    const quantity = picked.get(offering.sku);
    if (quantity !== undefined) {
      const missing = offering.requires?.find((family) => !families.has(family));
      if (missing) return refuse('requirementMissing', `${offering.sku} needs ${missing} in the same order.`, { path: 'services', hint: `Add ${missing}, or remove ${offering.sku}.` });
      chosen.push({ offering, quantity, picked: true });
    } else if (offering.autoWith && offering.comboReady && families.has(offering.autoWith.family)) {
      const { family, per } = offering.autoWith;
      const units = catalog.offerings.reduce((sum, one) => sum + (one.family === family ? (picked.get(one.sku) ?? 0) : 0), 0);
      chosen.push({ offering, quantity: per === 'unit' ? units : 1, picked: false });
    }
  }
  return accept(chosen, `${picked.size} offerings were picked from ${catalog.id} ${catalog.version}`);
}
