import type { LocalText } from '../catalog/catalog.ts';
import type { TaxRate, TaxTable } from '../pricing/tax.ts';

const percent = (rate: number, language: 'fr' | 'en'): string => (language === 'fr' ? `${String(rate).replace('.', ',')} %` : `${rate}%`);
const label = (fr: string, en: string, rate: number): LocalText => ({ fr: `${fr} ${percent(rate, 'fr')}`, en: `${en} ${percent(rate, 'en')}` });
const rate = (tax: string, fr: string, value: number, from: string, until?: string): TaxRate => ({
  tax, label: label(fr, tax, value), ratePpm: Math.round(value * 10_000), from, ...(until === undefined ? {} : { until }),
});
const gst = rate('GST', 'TPS', 5, '2008-01-01');
const hst = (value: number, from: string, until?: string): TaxRate => rate('HST', 'TVH', value, from, until);

/**
 * Sales taxes on telecommunications in Canada by place and day. British Columbia, Manitoba and Saskatchewan are left out on purpose:
 * their provincial tax treats telecom apart, so an order there is refused until someone has written the rule down.
 */
export const canadaTaxTable: TaxTable = {
  id: 'canada-sales-taxes',
  version: '2026-01-01',
  codes: { standard: 'taxed', exempt: 'exempt' },
  jurisdictions: {
    // Since 2013 the QST no longer stands on the GST, and its rate is 9.975 %.
    'CA-QC': { since: '2013-01-01', rates: [gst, rate('QST', 'TVQ', 9.975, '2013-01-01')] },
    'CA-ON': { since: '2010-07-01', rates: [hst(13, '2010-07-01')] },
    'CA-NB': { since: '2008-01-01', rates: [hst(13, '2008-01-01', '2016-07-01'), hst(15, '2016-07-01')] },
    'CA-NL': { since: '2008-01-01', rates: [hst(13, '2008-01-01', '2016-07-01'), hst(15, '2016-07-01')] },
    'CA-NS': { since: '2010-07-01', rates: [hst(15, '2010-07-01', '2025-04-01'), hst(14, '2025-04-01')] },
    'CA-PE': { since: '2013-04-01', rates: [hst(14, '2013-04-01', '2016-10-01'), hst(15, '2016-10-01')] },
    'CA-AB': { since: '2008-01-01', rates: [gst] },
    'CA-NT': { since: '2008-01-01', rates: [gst] },
    'CA-NU': { since: '2008-01-01', rates: [gst] },
    'CA-YT': { since: '2008-01-01', rates: [gst] },
  },
};
