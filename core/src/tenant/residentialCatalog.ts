import type { Catalog, DiscountRule, OfferingFamily, ProductOffering } from '../catalog/catalog.ts';

type More = Partial<ProductOffering>;
const offering = (sku: string, family: OfferingFamily, fr: string, en: string, shortName: string, mrcMinor: number, more: More = {}): ProductOffering => ({
  sku, family, label: { fr, en }, shortName, mrcMinor, nrcMinor: 0, comboReady: true, discountable: true, prorated: true, taxCode: 'standard', ...more,
});
const speed = (mbps: number): string => (mbps < 1000 ? `${mbps}M` : `${mbps / 1000}G`);
const internet = (sku: string, down: number, up: number, profile: number, mrcMinor: number): ProductOffering => {
  const speeds = `${speed(down)}/${speed(up)}`;
  return offering(sku, 'internet', `Internet fibre ${speeds}`, `Fibre Internet ${speeds}`, `FTTH ${speed(down)}`, mrcMinor, {
    downKbps: down * 1000, upKbps: up * 1000, lineProfile: `LP:${profile}`, comboService: 'internet', maxQuantity: 1,
  });
};
const tv = (name: string, mrcMinor: number): ProductOffering => offering(`TVB${name.toUpperCase()}`, 'tv', `Télé ${name}`, `${name} TV`, `TV ${name}`, mrcMinor, { comboService: 'tv', maxQuantity: 1 });
const addon = (fr: string, en: string, mrcMinor: number): ProductOffering => offering(`TVADD${fr.toUpperCase()}`, 'addon', `Chaînes ${fr}`, en, `TV ${en}`, mrcMinor, { requires: ['tv'], maxQuantity: 1 });
/** What is charged by itself: neither discounted nor prorated. */
const fee = (sku: string, fr: string, en: string, shortName: string, mrcMinor: number, nrcMinor: number, more: More, family: OfferingFamily = 'fee'): ProductOffering =>
  offering(sku, family, fr, en, shortName, mrcMinor, { nrcMinor, discountable: false, prorated: false, ...more });
const discount = (sku: string, fr: string, en: string, mrcMinor: number, rule: DiscountRule): ProductOffering => offering(sku, 'discount', fr, en, sku, mrcMinor, { discountable: false, discount: rule });
const combo = (n: number): ProductOffering => discount(`RAB${n}X`, `Rabais combo ${n} services`, `Combo discount, ${n} services`, (1 - n) * 500, { kind: 'combo', minServices: n });
const commitment = (months: number): ProductOffering => discount(`RAB${months}M`, `Rabais engagement ${months} mois`, `${months}-month commitment discount`, -1500, { kind: 'commitment', months });
const perLine: More = { autoWith: { family: 'phone', per: 'unit' } };

/**
 * The residential catalogue of the seed (S1-040…059), in CAD.
 *
 * Assumed, because the seed leaves it open: the TV box sells at 119.95 (the seed names only "STB equipment price"); add-ons are three,
 * within the seed's 5 to 25; `TELE` comes with Internet, is free and earns no combo discount (decision 15); the 911 fee and the activation
 * are per phone line, at most two lines (one adapter has two jacks); the 0.69 of the 911 fee is the operator's whole fee, its municipal
 * part inside; discounts reduce the taxable base (decision 9). RAB24M and RAB36M, and FTTH150I and FTTH500I, have the same value: literal,
 * and `checkCatalog` says so.
 */
export const residentialCatalog: Catalog = {
  id: 'residential-qc',
  version: '2026-04-03',
  currency: 'CAD',
  tvBoxSku: 'STB',
  offerings: [
    internet('FTTH25', 25, 5, 100, 4995),
    internet('FTTH80I', 80, 80, 101, 7995),
    internet('FTTH150I', 150, 150, 102, 9995),
    internet('FTTH500I', 500, 500, 103, 9995),
    internet('FTTH1500I', 1500, 1000, 104, 10995),
    tv('Skinny', 2500),
    tv('Standard', 3000),
    tv('Evo', 3500),
    offering('TELE', 'tv', 'Télé de base', 'Base TV', 'TV Base', 0, { requires: ['internet'], maxQuantity: 1 }),
    addon('famille', 'Family', 500),
    addon('films', 'Movies', 1500),
    addon('sports', 'Sports', 2500),
    offering('TELEPMENS', 'phone', 'Téléphonie résidentielle', 'Home phone', 'Phone', 2895, { comboService: 'phone', maxQuantity: 2 }),
    fee('SERV911', 'Frais 9-1-1', '9-1-1 fee', '911', 69, 0, perLine),
    fee('ACTTELEP', 'Activation de la téléphonie', 'Phone activation', 'Phone activation', 0, 6995, perLine),
    fee('INSTALL', 'Installation standard', 'Standard installation', 'Installation', 0, 0, { autoWith: { family: 'internet', per: 'order' } }),
    fee('STB', 'Décodeur TV', 'TV box', 'STB', 0, 11995, { requires: ['tv'], maxQuantity: 6 }, 'equipment'),
    discount('STB1OFFERT', '1er décodeur offert', 'First TV box free', 0, { kind: 'firstTvBox' }),
    combo(2),
    combo(3),
    combo(4),
    discount('RAB_X', 'Rabais spécial', 'Special discount', -2000, { kind: 'manual', replaces: 'combo' }),
    commitment(24),
    commitment(36),
  ],
};
