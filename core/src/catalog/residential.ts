import type { Catalog, OfferingFamily, ProductOffering } from './catalog.ts';

const offering = (
  sku: string,
  family: OfferingFamily,
  fr: string,
  en: string,
  shortName: string,
  mrcMinor: number,
  more: Partial<ProductOffering> = {},
): ProductOffering => ({
  sku, family, label: { fr, en }, shortName, mrcMinor, nrcMinor: 0, comboReady: true, discountable: true, prorated: true, taxCode: 'standard', ...more,
});

const internet = (sku: string, down: number, up: number, profile: number, mrcMinor: number): ProductOffering => {
  const speed = (mbps: number) => (mbps < 1000 ? `${mbps}M` : `${mbps / 1000}G`);
  return offering(sku, 'internet', `Internet fibre ${speed(down)}/${speed(up)}`, `Fibre Internet ${speed(down)}/${speed(up)}`, `FTTH ${speed(down)}`, mrcMinor, {
    downKbps: down * 1000, upKbps: up * 1000, lineProfile: `LP:${profile}`, comboService: 'internet', maxQuantity: 1,
  });
};

const tv = (sku: string, name: string, mrcMinor: number): ProductOffering =>
  offering(sku, 'tv', `Télé ${name}`, `${name} TV`, `TV ${name}`, mrcMinor, { comboService: 'tv', maxQuantity: 1 });

const addon = (sku: string, fr: string, en: string, mrcMinor: number): ProductOffering =>
  offering(sku, 'addon', fr, en, `TV ${en}`, mrcMinor, { requires: ['tv'], maxQuantity: 1 });

const discount = (sku: string, fr: string, en: string, mrcMinor: number, rule: ProductOffering['discount']): ProductOffering =>
  offering(sku, 'discount', fr, en, sku, mrcMinor, { discountable: false, discount: rule! });

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
    tv('TVBSKINNY', 'Skinny', 2500),
    tv('TVBSTANDARD', 'Standard', 3000),
    tv('TVBEVO', 'Evo', 3500),
    offering('TELE', 'tv', 'Télé de base', 'Base TV', 'TV Base', 0, { requires: ['internet'], maxQuantity: 1 }),
    addon('TVADDFAMILLE', 'Chaînes famille', 'Family', 500),
    addon('TVADDFILMS', 'Chaînes films', 'Movies', 1500),
    addon('TVADDSPORTS', 'Chaînes sports', 'Sports', 2500),
    offering('TELEPMENS', 'phone', 'Téléphonie résidentielle', 'Home phone', 'Phone', 2895, { comboService: 'phone', maxQuantity: 2 }),
    offering('SERV911', 'fee', 'Frais 9-1-1', '9-1-1 fee', '911', 69, { discountable: false, prorated: false, autoWith: { family: 'phone', per: 'unit' } }),
    offering('ACTTELEP', 'fee', 'Activation de la téléphonie', 'Phone activation', 'Phone activation', 0, {
      nrcMinor: 6995, discountable: false, prorated: false, autoWith: { family: 'phone', per: 'unit' },
    }),
    offering('INSTALL', 'fee', 'Installation standard', 'Standard installation', 'Installation', 0, { discountable: false, prorated: false, autoWith: { family: 'internet', per: 'order' } }),
    offering('STB', 'equipment', 'Décodeur TV', 'TV box', 'STB', 0, { nrcMinor: 11995, requires: ['tv'], discountable: false, prorated: false, maxQuantity: 6 }),
    discount('STB1OFFERT', '1er décodeur offert', 'First TV box free', 0, { kind: 'firstTvBox' }),
    discount('RAB2X', 'Rabais combo 2 services', 'Combo discount, 2 services', -500, { kind: 'combo', minServices: 2 }),
    discount('RAB3X', 'Rabais combo 3 services', 'Combo discount, 3 services', -1000, { kind: 'combo', minServices: 3 }),
    discount('RAB4X', 'Rabais combo 4 services', 'Combo discount, 4 services', -1500, { kind: 'combo', minServices: 4 }),
    discount('RAB_X', 'Rabais spécial', 'Special discount', -2000, { kind: 'manual', replaces: 'combo' }),
    discount('RAB24M', 'Rabais engagement 24 mois', '24-month commitment discount', -1500, { kind: 'commitment', months: 24 }),
    discount('RAB36M', 'Rabais engagement 36 mois', '36-month commitment discount', -1500, { kind: 'commitment', months: 36 }),
  ],
};
