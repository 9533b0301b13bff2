import type { ProductOffering } from './catalog.ts';

/** Whether a discount may eat into an offering. @example appliesTo({ kind: 'coupon', families: ['fee'] }, serv911) // false */
export function appliesTo(rule: object, { discountable, family, sku }: ProductOffering): boolean {
  const { families, skus } = rule as { readonly families?: readonly string[]; readonly skus?: readonly string[] };
  return discountable && (!(families ?? skus) || !!families?.includes(family) || !!skus?.includes(sku));
}
