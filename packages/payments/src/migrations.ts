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
  {
    name: 'payments-2',
    statements: [
      `ALTER TABLE payment ADD COLUMN provider text NOT NULL DEFAULT 'stripe', ADD COLUMN version integer NOT NULL DEFAULT 1`,
      `ALTER TABLE payment DROP CONSTRAINT payment_state_check`,
      `ALTER TABLE payment ADD CONSTRAINT payment_state_check CHECK (state IN ('unpaid', 'processing', 'authorised', 'captured', 'partlyRefunded', 'refunded', 'cancelled', 'onTerms'))`,
      `CREATE TABLE payment_customer (account_id text NOT NULL, provider text NOT NULL, customer_id text NOT NULL, PRIMARY KEY (provider, account_id))`,
      // One row per intended charge; at most one of an invoice may be open or done, so that no two rungs of a ladder both charge.
      `CREATE TABLE payment_charge (
        invoice_id text NOT NULL, attempt integer NOT NULL, provider text NOT NULL, account_id text NOT NULL, payment_method text NOT NULL, amount_minor bigint NOT NULL, currency text NOT NULL,
        attempt_group integer NOT NULL DEFAULT 1, intended_at timestamptz NOT NULL, settled_at timestamptz, payment_intent text, charge_id text, decline_code text, advice_code text,
        outcome text CHECK (outcome IN ('done', 'declined', 'refused', 'failed', 'unknown')), PRIMARY KEY (invoice_id, attempt))`,
      `CREATE UNIQUE INDEX payment_charge_open ON payment_charge (invoice_id) WHERE outcome IS NULL OR outcome IN ('done', 'unknown')`,
      `CREATE TABLE payment_terms (
        reference text PRIMARY KEY, order_id text NOT NULL, amount_minor bigint NOT NULL, currency text NOT NULL, net_days integer NOT NULL, invoiced_on text NOT NULL, due_on text NOT NULL,
        cancelled boolean NOT NULL DEFAULT false, recorded_at timestamptz NOT NULL)`,
    ],
  },
  {
    name: 'payments-missed-events',
    statements: [
      // Up to when the provider's own list of events was read.
      `CREATE TABLE payment_feed (provider text PRIMARY KEY, read_until timestamptz NOT NULL, looked_at timestamptz NOT NULL)`,
      `CREATE INDEX payment_customer_name ON payment_customer (provider, customer_id)`,
      `CREATE INDEX payment_charge_account ON payment_charge (account_id, intended_at DESC)`,
    ],
  },
] as const;
