import type { BilledSubscription } from '@leadlight/core';

export const account = { id: 'acc_1', zone: 'America/Toronto', currency: 'CAD', jurisdiction: 'CA-QC' };

/** What is sold, what changes, and when it is known. Prices in cents. */
export const subscription: BilledSubscription = {
  id: 'sub_1',
  start: '2026-01-31',
  cadence: { unit: 'month', anchorDay: 31 },
  items: [
    { key: 'internet', terms: [
      { from: '2026-01-31', sku: 'FTTH80I', description: 'Fibre 80', unitMinor: 4995, because: 'intro price for 3 months' },
      { from: '2026-04-30', sku: 'FTTH80I', description: 'Fibre 80', unitMinor: 7995 },
      { from: '2026-06-10', sku: 'FTTH500I', description: 'Fibre 500', unitMinor: 9995, because: 'upgrade on 10 June' },
    ] },
    { key: 'phone', terms: [{ from: '2026-03-14', sku: 'TELEPMENS', description: 'Home phone', unitMinor: 2895 }] },
    { key: '911', prorated: false, terms: [{ from: '2026-03-14', sku: 'SERV911', description: '9-1-1 fee', unitMinor: 69 }] },
    { key: 'combo', terms: [{ from: '2026-03-14', sku: 'RAB2X', description: 'Combo discount', unitMinor: -500 }] },
  ],
  charges: [{ key: 'activation', on: '2026-03-14', sku: 'ACTTELEP', description: 'Phone activation', amountMinor: 6995 }],
  pauses: [{ from: '2026-07-20', until: '2026-08-04' }],
};

/** Days, `until` not among them, on which the bank declines the card, and the days on which the customer pays by hand. */
export const declines = [
  { from: '2026-05-31', until: '2026-06-03', code: 'insufficient_funds' },
  { from: '2026-09-30', until: '2026-10-31', code: 'expired_card' },
];
export const paysByHand = ['2026-10-20'];
