import { signStripe } from '../../sandbox/src/stripe/webhooks.ts';
import { verifyStripeWebhook } from '../src/index.ts';

const secret = 'whsec_test_secret';
const at = 1_700_000_000;
const now = new Date(at * 1000).toISOString();
const vector = '{"id":"evt_1","object":"event","type":"payment_intent.succeeded"}';
const body = JSON.stringify({ id: 'evt_1', object: 'event', type: 'payment_intent.succeeded', data: { object: { id: 'pi_1', object: 'payment_intent', amount: 100, latest_charge: 'ch_1' } } });
const deliver = (raw: string, header: string | undefined, more = {}) => verifyStripeWebhook({ raw: Buffer.from(raw), header, secret, now, ...more });

test('[S2-092] the published vector: the signature fits', () => {
  const header = 't=1700000000,v1=67da5088c63e080c71bd2bb0cb5c03d85a8fc6a21ce3aaf484df809654745b92';
  expect(signStripe(secret, at, vector)).toBe(header);
  expect(deliver(vector, header)).toMatchObject({ code: 'badInput' }); // signed, but it concerns nothing
  expect(deliver(vector, header.replace('67da', '67db'))).toMatchObject({ code: 'badSignature' });
});

test('a signed event gives whom it concerns', () => {
  expect(deliver(body, signStripe(secret, at, body))).toMatchObject({ type: 'accepted', value: { id: 'evt_1', paymentIntent: 'pi_1', chargeId: 'ch_1', amountMinor: 100 } });
  expect(deliver(body, `${signStripe(secret, at, body).replace('v1=', 'v1=00,v1=')}`)).toMatchObject({ type: 'accepted' });
});

test.each([
  ['no header', body, undefined, {}], ['one byte changed', body.replace('100', '101'), signStripe(secret, at, body), {}], ['the same JSON written otherwise', JSON.stringify(JSON.parse(body), null, 1), signStripe(secret, at, body), {}],
  ['another secret', body, signStripe('whsec_other', at, body), {}], ['signed 301 seconds ago', body, signStripe(secret, at - 301, body), {}], ['only an old scheme', body, signStripe(secret, at, body).replace('v1', 'v0'), {}],
  ['a blank secret on both sides', body, signStripe('', at, body), { secret: '' }], ['a secret of spaces', body, signStripe('  ', at, body), { secret: '  ' }],
])('[S2-092] %s is refused, and the refusal quotes nothing', (_name, raw, header, more) => {
  const refused = deliver(raw, header, more);
  expect(refused).toMatchObject({ type: 'refused', code: 'badSignature' });
  expect(JSON.stringify(refused)).not.toMatch(/pi_1|whsec/);
});

test('300 seconds are still in time; signed text that is no JSON is bad input', () => {
  expect(deliver('', signStripe(secret, at, ''))).toMatchObject({ code: 'badInput' });
  expect(deliver(body, signStripe(secret, at - 300, body)).type).toBe('accepted');
  expect(deliver('not json', signStripe(secret, at, 'not json'))).toMatchObject({ code: 'badInput' });
});
