import { readCheckout } from '../ordering/readCheckout.ts';
import type { ProductOrder } from '../ordering/productOrder.ts';
import { residentialCatalog } from '../tenant/residentialCatalog.ts';
import { quebecInstallationPolicy } from '../field/installationPolicy.ts';
import { canadaTaxTable } from '../tenant/canadaTaxTable.ts';
import { renderNotice } from './notices.ts';
import { orderNotices } from './orderNotices.ts';

function anOrder(): ProductOrder {
  const read = readCheckout(
    {
      address: { fibre_id: 12, rue: '12 rue Principale', ville: 'Saint-Anicet', zip: 'J0S 1M0' },
      customer: { name: 'Jean <Tremblay>', email: 'jean@example.ca', phone: '514 555-0123' },
      services: [{ sku: 'FTTH150I', type: 'internet' }, { sku: 'TVBSTANDARD', type: 'tv' }, { sku: 'TELEPMENS', type: 'phone' }],
      preferred_dates: ['2026-04-07', '2026-04-09', '2026-04-10'],
      stripe_payment_intent: 'pi_3NoticesNoticesNotices0',
    },
    { catalog: residentialCatalog, taxTable: canadaTaxTable, jurisdiction: 'CA-QC', today: '2026-04-02', policy: quebecInstallationPolicy, firstTvBox: true },
  );
  if (read.type === 'refused') throw new Error(read.message);
  return read.value;
}

describe('orderNotices', () => {
  const order = anOrder();
  const rendered = (notices: ReturnType<typeof orderNotices>) => notices.map((notice) => ({ ...notice, words: renderNotice(notice) }));

  test('[S1-099] the customer gets one SMS with the day of the installation', () => {
    const [sms] = rendered(orderNotices(order, { is: 'confirmed', installOn: '2026-04-07' }));
    expect(sms).toMatchObject({ channel: 'sms', to: '+15145550123', words: { type: 'accepted' } });
    expect(JSON.stringify(sms!.words)).toMatch(/Commande confirmée! Installation prévue le .*7 avril/);
  });

  test('[S1-100] and one e-mail whose lines and taxes add up to what was paid', () => {
    const [, mail] = rendered(orderNotices(order, { is: 'confirmed', installOn: null }));
    const facts = mail!.facts as unknown as { lines: { amountMinor: number }[]; taxMinor: number; totalMinor: number };
    expect(facts.lines.reduce((sum, line) => sum + line.amountMinor, 0) + facts.taxMinor).toBe(facts.totalMinor);
    expect(facts.totalMinor).toBe(25242);
    expect(mail!.words).toMatchObject({ type: 'accepted' });
    expect(mail!.words).toMatchObject({ value: { html: expect.not.stringContaining('<Tremblay>') } });
  });

  test('[S1-102] dispatch reads of the job in its room', () => {
    const [, , chat] = rendered(orderNotices(order, { is: 'confirmed', installOn: '2026-04-07' }));
    expect(chat).toMatchObject({ channel: 'chat', to: 'dispatch', words: { type: 'accepted' } });
    expect(JSON.stringify(chat!.words)).toContain('FTTH 150M + TV Standard + Phone');
  });

  test('[S1-118] an activated order says so by SMS and e-mail', () => {
    const notices = rendered(orderNotices(order, { is: 'activated' }));
    expect(notices.map(({ channel, words }) => [channel, words.type])).toEqual([['sms', 'accepted'], ['email', 'accepted']]);
    expect(JSON.stringify(notices[0]!.words)).toContain('Service activé!');
  });
});
