import { misfit } from '../kernel/shapes.ts';
import { isCivilDate } from '../kernel/civil.ts';
import { mulDiv } from '../kernel/money.ts';
import { accept, deny, type Accepted, type Refused } from '../kernel/decision.ts';
import { appliesTo } from './appliesTo.ts';
import type { AnyRule, Catalog, PricePhase, ProductOffering } from './catalog.ts';
import { catalogSchema } from './schema.ts';

/** Not wrong, but probably not meant. */
export interface CatalogWarning {
  readonly code: 'sameValue' | 'samePrice' | 'neverReached' | 'tooLarge' | 'neverValid' | 'idlePhase' | 'notOffered';
  readonly skus: readonly string[];
  readonly message: string;
}

export type CheckedCatalog = (Accepted<Catalog> & { readonly warnings: readonly CatalogWarning[] }) | Refused<'badInput' | 'catalogInconsistent'>;

const meet = (a: ProductOffering, b: ProductOffering): boolean => !(a.validUntil! <= b.validFrom!) && !(b.validUntil! <= a.validFrom!);
/** How much a discount asks for; two of a kind that ask for the same apply in the same case. */
const asks = ({ discount }: ProductOffering): number | undefined => {
  const { minServices, months } = { ...discount } as AnyRule;
  return minServices ?? months;
};
const grade = ({ rank, downKbps }: ProductOffering): number | undefined => rank ?? downKbps;
const lowest = (list: readonly ProductOffering[]): number =>
  Math.min(...list.flatMap(({ mrcMinor, phases = [] }) => [mrcMinor, ...phases.map((one) => one.mrcMinor ?? mulDiv(mrcMinor, 1e6 - one.offPpm!, 1e6))]).filter(Boolean));

/** What a schema cannot say: names that must be unique, days that must exist, references that must point somewhere. And what looks like a slip. */
function look({ offerings, tvBoxSku }: Catalog): { readonly wrong?: Refused<'catalogInconsistent'> | undefined; readonly warnings: readonly CatalogWarning[] } {
  let wrong: Refused<'catalogInconsistent'> | undefined;
  const no = (wrongly: unknown, path: string, is: string) => { if (wrongly) wrong ??= deny('catalogInconsistent', path, `${path} ${is}.`); };
  const warnings: CatalogWarning[] = [];
  const warn = (is: unknown, code: CatalogWarning['code'], ...skus: readonly string[]) => { if (is) warnings.push({ code, skus, message: `${skus.join(', ')}: ${code.replace(/[A-Z]/g, (c) => ` ${c.toLowerCase()}`)}` }); };
  const sold = offerings.filter((one) => one.comboReady);
  const services = new Set(sold.flatMap((one) => one.comboService ?? [])).size;

  offerings.forEach((one, i) => {
    const { sku, mrcFrom = [], phases = [], validFrom, validUntil, discount, occasion, autoWith, requires = [], mrcMinor, family } = one;
    const path = `offerings[${i}]`;
    let last = '';
    const after = (day: string | undefined, at: string) => {
      if (day === undefined) return;
      no(!isCivilDate(day) || day <= last, `${path}.${at}`, 'is no day, or out of order');
      last = day;
    };
    mrcFrom.forEach(({ on }, n) => after(on, `mrcFrom[${n}].on`));
    last = '';
    after(validFrom, 'validFrom');
    after(validUntil, 'validUntil');
    for (const need of [...requires, ...(autoWith ? [autoWith.family] : [])]) {
      const kin = offerings.filter((other) => other.family === need);
      no(!kin[0], path, `needs ${need}, and there is none`);
      warn(!kin.some((other) => sold.includes(other) && meet(one, other)), 'neverValid', sku);
    }
    no(occasion && autoWith, `${path}.occasion`, 'excludes autoWith');
    warn(phases.some(({ mrcMinor: minor, offPpm }, n) => {
      const next: Partial<PricePhase> = phases[n + 1] ?? one;
      return offPpm === 0 || (minor === next.mrcMinor && offPpm === next.offPpm);
    }), 'idlePhase', sku);
    warn(!sold.includes(one), 'notOffered', sku);
    for (const other of offerings.slice(0, i)) {
      no(other.sku === sku, `${path}.sku`, 'is listed twice');
      const like = meet(one, other) && other.discount?.kind === discount?.kind && other.family === family;
      no(like && asks(one) && asks(one) === asks(other), `${path}.discount`, `applies when ${other.sku} does`);
      const alike = like && other.mrcMinor === mrcMinor;
      warn(alike && asks(one) && other.discount!.offPpm === discount!.offPpm, 'sameValue', other.sku, sku);
      warn(alike && grade(one) !== grade(other), 'samePrice', other.sku, sku);
    }
    if (!discount) return;
    const of = offerings.filter((other) => appliesTo(discount, other));
    no(mrcFrom[0] ?? phases.some((phase) => phase.mrcMinor), path, 'is a discount and may not change its amount');
    no(discount.kind === 'coupon' && (!of[0] || discount.skus?.some((name) => !of.some((other) => other.sku === name))), `${path}.discount`, 'applies to nothing');
    const count = discount.kind === 'combo' ? discount.minServices : 1;
    warn(count > services, 'neverReached', sku);
    const alone = of.filter((other) => !other.requires);
    warn(-mrcMinor > count * lowest(alone[0] ? alone : of), 'tooLarge', sku);
  });
  no(tvBoxSku && !offerings.some(({ sku, family }) => sku === tvBoxSku && family === 'equipment'), 'tvBoxSku', 'is no equipment');
  return { wrong, warnings };
}

/**
 * Reads a catalogue from outside (S1-040…059): shape by `catalogSchema` (`badInput`), then what a schema cannot say
 * (`catalogInconsistent`). What looks like a slip but is legal comes back as `warnings` (decisions 2, 6, 16).
 * @example checkCatalog(residentialCatalog).type // 'accepted'
 */
export function checkCatalog(input: unknown): CheckedCatalog {
  const bad = misfit(catalogSchema, input);
  if (bad) return bad;
  const catalog = input as Catalog;
  const { wrong, warnings } = look(catalog);
  return wrong ?? { ...accept(catalog, ...warnings.map((one) => one.message)), warnings };
}
