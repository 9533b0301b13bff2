/**
 * The ledger: one row per payment, one per order that is being paid, one per call that was intended, one per event that was applied.
 * Ids, amounts and states only: no card, no customer.
 */
export const paymentMigrations = [
  {
    name: 'payments-1',
    statements: [
      `CREATE TABLE payment (
        payment_intent text PRIMARY KEY, order_id text NOT NULL, amount_minor bigint NOT NULL, currency text NOT NULL,
        state text NOT NULL CHECK (state IN ('unpaid', 'processing', 'authorised', 'captured', 'partlyRefunded', 'refunded', 'cancelled')),
        captured_minor bigint NOT NULL DEFAULT 0, refunded_minor bigint NOT NULL DEFAULT 0, charge_id text,
        created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL)`,
      // A replayed order that comes with a second payment must not be paid twice.
      `CREATE UNIQUE INDEX payment_of_order ON payment (order_id) WHERE state <> 'cancelled'`,
      `CREATE TABLE payment_call (
        payment_intent text NOT NULL, operation text NOT NULL, reference text NOT NULL, attempt_group integer NOT NULL, amount_minor bigint NOT NULL,
        intended_at timestamptz NOT NULL, outcome text CHECK (outcome IN ('done', 'refused', 'failed', 'unknown')), settled_at timestamptz,
        vendor_id text, PRIMARY KEY (payment_intent, operation, reference))`,
      `CREATE TABLE payment_event (event_id text PRIMARY KEY, type text NOT NULL, object_id text NOT NULL, received_at timestamptz NOT NULL)`,
    ],
  },
] as const;
