import { openDb, migrate, type Db } from '../../journal/src/index.ts';
import { startStripe, type StripeSandbox } from '../../sandbox/src/stripe/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { chargeLedger, paymentLedger, paymentMigrations, stripePayments, stripeVault, type ChargeLedger, type LedgerParts, type PaymentLedger, type StripePayments } from '../src/index.ts';

export const order = { orderId: 'ord_1', amountMinor: 11_492, currency: 'CAD' };
export interface Told { readonly type: string; readonly stream: string; readonly key: string; readonly data: Record<string, unknown> }

export interface Bench {
  readonly world: World;
  readonly sandbox: StripeSandbox;
  readonly stripe: StripePayments;
  /** Authorises a payment and gives what our order expects of it. */
  pay(more?: Partial<Parameters<StripeSandbox['authorise']>[0]>): { orderId: string; amountMinor: number; currency: string; paymentIntent: string };
  calls(pattern: RegExp): number;
  close(): Promise<void>;
}

/** A Stripe account and the client on it. */
export async function bench(timeoutMs = 400): Promise<Bench> {
  const world = new World();
  const sandbox = await startStripe(world);
  const stripe = stripePayments({ secretKey: sandbox.secretKey, clock: world.clock, baseUrl: sandbox.url, timeoutMs });
  return {
    world, sandbox, stripe,
    pay: (more = {}) => ({ ...order, paymentIntent: sandbox.authorise({ amountMinor: order.amountMinor, currency: 'CAD', ...more }).id }),
    calls: (pattern) => world.calls.filter((call) => pattern.test(`${call.method} ${call.path}`)).length,
    close: () => sandbox.close(),
  };
}

export interface LedgerBench extends Bench {
  readonly db: Db;
  readonly ledger: PaymentLedger;
  /** Another hub on the same database and account; with `db`, one that breaks where the test wants. */
  another(db?: LedgerParts['db']): PaymentLedger;
  readonly charges: ChargeLedger;
  anotherCharges(db?: LedgerParts['db']): ChargeLedger;
  readonly told: Told[];
}

let shared: Promise<Db> | undefined;

/** An empty ledger on a Stripe account, and what was published. One PGlite for all tests of a file: opening one takes a second. */
export async function ledgerBench(timeoutMs = 400): Promise<LedgerBench> {
  const base = await bench(timeoutMs);
  const db = await (shared ??= openDb('memory://'));
  await migrate(db, paymentMigrations);
  await db.script('TRUNCATE payment, payment_call, payment_event, payment_charge, payment_customer, payment_terms, payment_feed');
  const told: Told[] = [];
  const publish = async (event: Told) => {
    if (!told.some((one) => one.stream === event.stream && one.key === event.key)) told.push(event);
  };
  const another = (on: LedgerParts['db'] = db) => paymentLedger({ db: on, port: base.stripe, clock: base.world.clock, publish });
  const vault = stripeVault({ secretKey: base.sandbox.secretKey, clock: base.world.clock, baseUrl: base.sandbox.url, timeoutMs });
  const anotherCharges = (on: LedgerParts['db'] = db) => chargeLedger({ db: on, vault, clock: base.world.clock, publish });
  return { ...base, db, told, another, ledger: another(), charges: anotherCharges(), anotherCharges };
}
export const closeDb = async (): Promise<void> => (await shared)?.close();
