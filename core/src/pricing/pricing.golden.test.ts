import { join } from 'node:path';
import type { Catalog, ProductOffering } from '../catalog/catalog.ts';
import { findOffering } from '../catalog/mrcOn.ts';
import { residentialCatalog } from '../tenant/residentialCatalog.ts';
import { saasCatalog } from '../catalog/saas.fixture.ts';
import { golden } from '../golden.testkit.ts';
import type { Decision } from '../kernel/decision.ts';
import { canadaTaxTable } from '../tenant/canadaTaxTable.ts';
import { earlyTermination, type FixedTerm } from './earlyTermination.ts';
import { priceCheckout } from './priceCheckout.ts';
import { priceTerms } from './priceTerms.ts';
import { recurringLines } from './quoteLines.ts';
import type { CheckoutContext, CheckoutSelection, QuoteLine, Totals } from './quote.ts';
import { selectOfferings } from './selectOfferings.ts';
import { subscribe } from './subscribe.ts';
import { canadaTermination, quebecTermination } from '../tenant/terminationPolicies.ts';
import { termPrice } from './termPrice.ts';

type Ask =
  | { readonly ask: 'checkout'; readonly selection: CheckoutSelection; readonly context: Partial<CheckoutContext> }
  | { readonly ask: 'term'; readonly plan?: string; readonly mrcMinor: number; readonly term: { readonly months: number; readonly offPpm: number } }
  | { readonly ask: 'phases'; readonly change: Partial<ProductOffering>; readonly start: string; readonly context: { readonly on?: string } }
  | { readonly ask: 'coupons'; readonly coupons: readonly Partial<ProductOffering>[]; readonly selection: CheckoutSelection }
  | { readonly ask: 'termination'; readonly contract: FixedTerm; readonly on: string; readonly policy: 'CA' | 'CA-QC' }
  | { readonly ask: 'features'; readonly addOns: readonly string[]; readonly term: 'month' | 'quarter' | 'year' };

const on = '2026-04-03';
const context: CheckoutContext = { firstTvBox: true, jurisdiction: 'CA-QC', on, taxTable: canadaTaxTable };
function value<T>(decided: Decision<T>): T {
  if (decided.type === 'refused') throw new Error(`${decided.code} ${decided.path}: ${decided.message}`);
  return decided.value;
}
const block = ({ lines, subtotalMinor, taxes, totalMinor }: Totals & { readonly lines?: readonly QuoteLine[] }) => ({
  ...(lines && { lines: lines.map(({ sku, amountMinor }) => [sku, amountMinor]) }), subtotalMinor, taxMinor: taxes.map(({ amountMinor }) => amountMinor), totalMinor,
});
const free = findOffering(residentialCatalog, 'STB1OFFERT')!;

function decide(one: Ask): unknown {
  if (one.ask === 'checkout') {
    const { monthly, oneTime, dueNow } = value(priceCheckout(one.selection, residentialCatalog, { ...context, ...one.context }));
    return { monthly: block(monthly), oneTime: block(oneTime), dueNow: block(dueNow) };
  }
  if (one.ask === 'term') {
    if (one.plan) expect(findOffering(saasCatalog, one.plan)?.mrcMinor).toBe(one.mrcMinor);
    return value(termPrice(one.mrcMinor, one.term));
  }
  if (one.ask === 'phases') {
    const offering = { ...findOffering(residentialCatalog, 'FTTH150I')!, ...one.change };
    return value(priceTerms(offering, one.start, { catalog: residentialCatalog, ...one.context })).map(({ from, until = null, unitMinor }) => [from, until, unitMinor]);
  }
  if (one.ask === 'coupons') {
    const catalog: Catalog = { ...residentialCatalog, offerings: [...residentialCatalog.offerings, ...one.coupons.map((coupon) => ({ ...free, ...coupon }))] };
    return value(priceCheckout(one.selection, catalog, context)).monthly.lines.map(({ sku, amountMinor }) => [sku, amountMinor]);
  }
  if (one.ask === 'termination') {
    const { feeMinor, monthsLeft } = value(earlyTermination(one.contract, one.on, one.policy === 'CA' ? canadaTermination : quebecTermination));
    return [feeMinor, monthsLeft];
  }
  const selection = { services: [], plan: 'starter', addOns: one.addOns };
  const term = one.term === 'month' ? {} : { term: one.term };
  const lines = value(recurringLines(value(selectOfferings(selection, saasCatalog)), saasCatalog, on, term));
  const sum = lines.reduce((all, { amountMinor }) => all + amountMinor, 0);
  const { items, cadence } = value(subscribe(selection, saasCatalog, { id: 'sub_1', on, start: on, firstTvBox: false, ...term }));
  expect(cadence).toEqual({ unit: one.term });
  expect(items.reduce((all, { terms }) => all + terms[0]!.unitMinor, 0)).toBe(sum);
  return [sum, lines.filter(({ family }) => family === 'discount').reduce((all, { amountMinor }) => all + amountMinor, 0)];
}

describe('[S1-060] [S1-062] [S2-018] [S2-054] [S2-074] worked prices', () => {
  golden(join(__dirname, 'pricing.golden.json'), decide);
});
