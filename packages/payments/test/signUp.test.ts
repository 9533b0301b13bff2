// Whether a card can pay is asked when it is given, not when the first invoice is due: the bank is asked for nothing, and no money moves.
import { closeDb, ledgerBench, type LedgerBench } from './support.ts';

let b: LedgerBench;
beforeEach(async () => void (b = await ledgerBench()));
afterEach(() => b.close());
afterAll(closeDb);

test.each([
  ['pm_card_chargeDeclined', 'generic_decline'], ['pm_card_chargeDeclinedInsufficientFunds', 'insufficient_funds'], ['pm_card_chargeDeclinedExpiredCard', 'expired_card'],
])('[S0-87] %s is refused at sign-up with the reason; nothing is stored, no payment is made', async (token, reason) => {
  const said = await b.charges.addMethod('acc_1', token);
  expect(said).toMatchObject({ type: 'refused', code: 'declined', hint: expect.any(String) });
  expect(JSON.stringify(said)).toContain(reason);
  expect(await b.charges.methods('acc_1')).toEqual([]);
  expect([b.calls(/POST \/v1\/payment_intents/), b.sandbox.charges()]).toEqual([0, []]);
});

test('[S0-87] a good card is stored as the default without a payment', async () => {
  expect(await b.charges.addMethod('acc_1', 'pm_card_visa')).toMatchObject({ type: 'accepted', value: { methods: [{ last4: '4242', isDefault: true }] } });
  expect([b.calls(/POST \/v1\/payment_intents/), b.sandbox.charges()]).toEqual([0, []]);
});
