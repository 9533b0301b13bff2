import { isCivilDate } from '../kernel/civil.ts';
import { accept, refuse, type Accepted, type Refused } from '../kernel/decision.ts';
import { schemaComplaint } from '../kernel/schema.ts';
import type { Catalog, ProductOffering } from './catalog.ts';
import { catalogSchema } from './schema.ts';

/** Not wrong, but probably not meant. */
export interface CatalogWarning {
  readonly code: 'sameValue' | 'samePrice' | 'neverReached' | 'notOffered';
  readonly skus: readonly string[];
  readonly message: string;
}

export type CheckedCatalog = (Accepted<Catalog> & { readonly warnings: readonly CatalogWarning[] }) | Refused<'badInput' | 'catalogInconsistent'>;

/** What a schema cannot say: names that must be unique, days that must exist, references that must point somewhere. */
function inconsistency(catalog: Catalog): Refused<'catalogInconsistent'> | null {
  const no = (message: string, path: string) => refuse('catalogInconsistent', message, { path, hint: 'Correct this offering and load the catalogue again.' });
  const seen = new Set<string>();
  const rules = new Set<string>();
  const families = new Set(catalog.offerings.map((one) => one.family));
  for (const [index, one] of catalog.offerings.entries()) {
    const path = `offerings[${index}]`;
    if (seen.has(one.sku)) return no(`${one.sku} is listed twice.`, `${path}.sku`);
    seen.add(one.sku);
    const dangling = [...(one.requires ?? []), ...(one.autoWith ? [one.autoWith.family] : [])].find((family) => !families.has(family));
    if (dangling) return no(`${one.sku} refers to the family ${dangling}, which has no offering.`, path);
    for (const [n, step] of (one.mrcFrom ?? []).entries()) {
      const before = one.mrcFrom![n - 1];
      if (!isCivilDate(step.on)) return no(`${step.on} is not a day of the calendar.`, `${path}.mrcFrom[${n}].on`);
      if (before && before.on >= step.on) return no(`The prices of ${one.sku} are not in the order of their days.`, `${path}.mrcFrom[${n}].on`);
    }
    if (!one.discount) continue;
    const rule = JSON.stringify([one.discount.kind, 'minServices' in one.discount ? one.discount.minServices : 'months' in one.discount ? one.discount.months : one.sku]);
    if (rules.has(rule)) return no(`Two discounts apply in the same case as ${one.sku}.`, `${path}.discount`);
    rules.add(rule);
  }
  const box = catalog.offerings.find((one) => one.sku === catalog.tvBoxSku);
  if (box?.family !== 'equipment') return no(`${catalog.tvBoxSku} is not an equipment offering.`, 'tvBoxSku');
  return null;
}

function warningsOf(catalog: Catalog): readonly CatalogWarning[] {
  const warnings: CatalogWarning[] = [];
  const pairs = (list: readonly ProductOffering[], tell: (a: ProductOffering, b: ProductOffering) => CatalogWarning | null): void => {
    list.forEach((a, i) => list.slice(i + 1).forEach((b) => {
      const warning = tell(a, b);
      if (warning) warnings.push(warning);
    }));
  };
  const skus = (a: ProductOffering, b: ProductOffering) => [a.sku, b.sku];
  for (const kind of ['combo', 'commitment'] as const) {
    pairs(catalog.offerings.filter((one) => one.discount?.kind === kind), (a, b) =>
      a.mrcMinor === b.mrcMinor ? { code: 'sameValue', skus: skus(a, b), message: `${a.sku} and ${b.sku} give the same discount: is a longer ${kind} worth nothing?` } : null);
  }
  pairs(catalog.offerings.filter((one) => one.family === 'internet'), (a, b) =>
    a.mrcMinor === b.mrcMinor && a.downKbps !== b.downKbps ? { code: 'samePrice', skus: skus(a, b), message: `${a.sku} and ${b.sku} differ in speed, not in price: nobody would buy the slower one.` } : null);
  const services = new Set(catalog.offerings.flatMap((one) => (one.comboService && one.comboReady ? [one.comboService] : [])));
  for (const one of catalog.offerings) {
    if (one.discount?.kind === 'combo' && one.discount.minServices > services.size) {
      warnings.push({ code: 'neverReached', skus: [one.sku], message: `${one.sku} needs ${one.discount.minServices} services; the catalogue has ${services.size} that count.` });
    }
    if (!one.comboReady) warnings.push({ code: 'notOffered', skus: [one.sku], message: `${one.sku} is not offered in new orders.` });
  }
  return warnings;
}

/**
 * Reads a catalogue from outside (S1-040…059): shape by `catalogSchema` (`badInput`), then what a schema cannot say
 * (`catalogInconsistent`). What looks like a slip but is legal comes back as `warnings` (decisions 2, 6, 16).
 * @example checkCatalog(residentialCatalog).type // 'accepted'
 */
export function checkCatalog(input: unknown): CheckedCatalog {
  const wrong = schemaComplaint(catalogSchema, input);
  if (wrong) return refuse('badInput', `${wrong.path || 'The catalogue'} must be ${wrong.expected}.`, { path: wrong.path, hint: `Send ${wrong.expected}.` });
  const catalog = input as Catalog;
  const broken = inconsistency(catalog);
  if (broken) return broken;
  const warnings = warningsOf(catalog);
  return { ...accept(catalog, `${catalog.offerings.length} offerings of ${catalog.id} ${catalog.version} were checked`, ...warnings.map((one) => one.message)), warnings };
}
