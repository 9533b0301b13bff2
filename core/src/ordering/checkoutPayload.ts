import { decimal, flag, list, matching, oneOf, optional, record, text, whole, type Reader } from '../kernel/parse.ts';

const anyList: Reader<readonly unknown[]> = list((value) => value, 0, 50);
/** The body of `POST /api/checkout` (S1-075). Its readers copy only what is named here. @example parse.parse(checkoutPayload, body) */
export const checkoutPayload = record({
  address: record({
    fibre_id: whole(1, 2_147_483_647),
    rue: text(140),
    ville: text(80),
    zip: matching(/^\s*[ABCEGHJ-NPRSTVXYabceghj-nprstvxy]\d[A-Za-z][ -]?\d[A-Za-z]\d\s*$/, 'a Canadian postal code such as J0S 1M0'),
    olt_port: optional(matching(/^\d{1,3}\/\d{1,3}\/\d{1,3}$/, 'frame/slot/port, e.g. 0/1/5')),
    lat: optional(decimal(-90, 90)),
    lng: optional(decimal(-180, 180)),
  }),
  customer: record({ name: text(80), email: text(254), phone: text(40) }),
  services: list(record({ sku: text(40), type: oneOf('internet', 'tv', 'phone'), quantity: optional(whole(1, 100)) }), 1, 30),
  add_ons: optional(list(text(40), 0, 50)),
  tv_boxes: optional(whole(0, 20)),
  commitment_months: optional(whole(0, 120)),
  preferred_dates: optional(anyList),
  contact_me: optional(flag),
  stripe_payment_intent: matching(/^pi_[A-Za-z0-9]{3,60}$/, 'a payment intent id such as pi_3Nx… (not its client secret)'),
  expected_total_minor: optional(whole(0, 1_000_000_000)),
  total: optional((value, path) => (typeof value === 'string' ? matching(/^\d{1,9}(\.\d{1,2})?$/, 'an amount such as 252.42')(value, path) : decimal(0, 1e7)(value, path))),
  language: optional(oneOf('fr', 'en')),
});
export type CheckoutPayload = ReturnType<typeof checkoutPayload>;
