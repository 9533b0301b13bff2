import { accept, inTurns, isVendorError, refuse, type Clock, type Decision } from '../../../core/src/index.ts';
import { declined, notPayable, type PaymentRefusalCode } from './judge.ts';
import type { LedgerDecision, LedgerParts } from './ledger.ts';
import type { ChargeResult, StoredMethod, VaultPort } from './port.ts';
import type { Queryable } from './queryable.ts';
import { chargeKey } from './settleCharge.ts';

export interface ChargeParts { readonly db: LedgerParts['db']; readonly vault: VaultPort; readonly clock: Clock; readonly publish: LedgerParts['publish'] }
/** `attempt` is the rung of the ladder: the same number is the same intended charge, however often it is asked for. Without a method: the default. */
export interface ChargeRequest { readonly accountId: string; readonly invoiceId: string; readonly attempt?: number; readonly amountMinor: number; readonly currency: string; readonly paymentMethod?: string }
interface Row { readonly invoice_id: string; readonly attempt: number; readonly account_id: string; readonly payment_method: string; readonly amount_minor: number; readonly currency: string; readonly attempt_group: number; readonly intended_at: Date | string; readonly payment_intent: string | null; readonly charge_id: string | null; readonly decline_code: string | null; readonly advice_code: string | null; readonly outcome: string | null }

/**
 * Stored methods of an account, and charges without the customer (S0-115, S0-118, S2-091). A charge is written down before it leaves; a run
 * that died between the charge and its record is settled by the next one, which finds the charge by its key. While one attempt for an
 * invoice is open or done, no other one charges.
 * @example const charges = chargeLedger({ db, vault, clock, publish }); await charges.charge({ accountId: 'acc_1', invoiceId: 'INV-1', amountMinor: 4599, currency: 'CAD' });
 */
export function chargeLedger({ db, vault, clock, publish }: ChargeParts) {
  const turn = inTurns();
  const knownCustomer = async (accountId: string): Promise<string | undefined> =>
    (await db.query<{ customer_id: string }>('SELECT customer_id FROM payment_customer WHERE provider = $1 AND account_id = $2', [vault.provider, accountId])).rows[0]?.customer_id;
  async function customerOf(accountId: string): Promise<string> {
    const known = await knownCustomer(accountId);
    if (known) return known;
    const made = await vault.createCustomer(accountId);
    await db.query('INSERT INTO payment_customer (provider, account_id, customer_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [vault.provider, accountId, made]);
    return (await knownCustomer(accountId)) ?? made;
  }
  const defaultOf = async (accountId: string): Promise<string | undefined> => (await vault.methods(await customerOf(accountId))).find(({ isDefault }) => isDefault)?.id;
  const noMethod = () => refuse('methodUnknown', 'The account has no payment method.', { path: 'paymentMethod', hint: 'Have the customer store a card first.' });

  const rows = async (invoiceId: string): Promise<readonly Row[]> => (await db.query<Row>('SELECT * FROM payment_charge WHERE invoice_id = $1 ORDER BY attempt', [invoiceId])).rows;
  const isOpen = ({ outcome }: Row): boolean => outcome === null || outcome === 'unknown';
  const isGivenBack = async ({ payment_intent }: Row): Promise<boolean> => (await db.query(`SELECT 1 FROM payment WHERE payment_intent = $1 AND state = 'refunded'`, [payment_intent])).rows.length > 0;

  async function record(row: Row, result: ChargeResult): Promise<LedgerDecision> {
    const close = (tx: Queryable, outcome: string, more: { readonly paymentIntent?: string; readonly chargeId?: string; readonly declineCode?: string; readonly adviceCode?: string } = {}) =>
      tx.query('UPDATE payment_charge SET outcome = $3, settled_at = $4, payment_intent = $5, charge_id = $6, decline_code = $7, advice_code = $8 WHERE invoice_id = $1 AND attempt = $2',
        [row.invoice_id, row.attempt, outcome, clock.now(), more.paymentIntent ?? null, more.chargeId ?? null, more.declineCode ?? null, more.adviceCode ?? null]);
    const stream = `order-${row.invoice_id}`;
    if (result.type === 'refused') {
      const { chargeId, ...refusal } = result;
      if (refusal.code !== 'declined') {
        await close(db, 'refused');
        return refusal;
      }
      const declineCode = String(refusal.facts?.['declineCode'] ?? 'generic_decline');
      await db.transaction(async (tx) => {
        const adviceCode = refusal.facts?.['adviceCode'];
        await close(tx, 'declined', { declineCode, ...(chargeId ? { chargeId } : {}), ...(typeof adviceCode === 'string' ? { adviceCode } : {}) });
        await publish({ type: 'payment.failed', stream, key: `failed:${chargeId ?? keyOf(row)}`, data: { orderId: row.invoice_id, accountId: row.account_id, attempt: row.attempt, amountMinor: Number(row.amount_minor), currency: row.currency, declineCode, action: String(refusal.facts?.['action']), customerReason: String(refusal.facts?.['customerReason']) } }, tx);
      });
      return refusal;
    }
    const { view } = result.value;
    const done = view.status === 'succeeded';
    await db.transaction(async (tx) => {
      await close(tx, done ? 'done' : 'unknown', { paymentIntent: view.paymentIntent, ...(view.chargeId ? { chargeId: view.chargeId } : {}) });
      await tx.query(
        `INSERT INTO payment AS p (payment_intent, order_id, amount_minor, currency, state, captured_minor, refunded_minor, charge_id, created_at, updated_at, provider)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10) ON CONFLICT (payment_intent) DO UPDATE SET state = $5, captured_minor = $6, charge_id = coalesce($8, p.charge_id), updated_at = $9, version = p.version + 1
         WHERE p.state IN ('unpaid', 'processing')`,
        [view.paymentIntent, row.invoice_id, view.amountMinor, view.currency, done ? 'captured' : 'processing', view.capturedMinor, view.refundedMinor, view.chargeId ?? null, clock.now(), vault.provider],
      );
      if (done) await publish({ type: 'payment.captured', stream, key: `captured:${view.paymentIntent}`, data: { paymentIntent: view.paymentIntent, orderId: row.invoice_id, accountId: row.account_id, status: view.status, currency: view.currency, amountMinor: view.capturedMinor } }, tx);
    });
    return accept({ paymentIntent: view.paymentIntent, status: view.status, amountMinor: view.amountMinor, currency: view.currency, ...(view.chargeId ? { chargeId: view.chargeId } : {}), repeated: result.value.repeated }, ...result.because);
  }

  /** Carries one written-down charge out, or finds what became of it. */
  async function settleRow(row: Row, resumed: boolean): Promise<LedgerDecision> {
    const customer = await customerOf(row.account_id);
    let result: ChargeResult;
    try {
      result = await vault.charge({
        accountId: row.account_id, customer, paymentMethod: row.payment_method, invoiceId: row.invoice_id, chargeKey: keyOf(row), amountMinor: Number(row.amount_minor), currency: row.currency, group: row.attempt_group,
        ...(resumed ? { lookSince: new Date(row.intended_at).toISOString() } : {}),
      });
    } catch (error) {
      const outcome = isVendorError(error) && error.outcome === 'notApplied' ? 'failed' : 'unknown';
      await db.query('UPDATE payment_charge SET outcome = $3, settled_at = $4 WHERE invoice_id = $1 AND attempt = $2', [row.invoice_id, row.attempt, outcome, clock.now()]);
      throw error;
    }
    return record(row, result);
  }

  async function charge(request: ChargeRequest): Promise<LedgerDecision> {
    const { accountId, invoiceId, attempt = 1, amountMinor, currency } = request;
    const paid = (await db.query<{ payment_intent: string }>(`SELECT payment_intent FROM payment WHERE order_id = $1 AND state IN ('authorised', 'captured', 'partlyRefunded', 'refunded') AND NOT EXISTS (SELECT 1 FROM payment_charge c WHERE c.payment_intent = payment.payment_intent)`, [invoiceId])).rows[0];
    if (paid) return refuse('orderMismatch', 'This invoice has another payment.', { path: 'invoiceId', hint: 'Nobody pays an invoice twice: look at that payment first.', facts: { otherPayment: paid.payment_intent } });
    for (;;) {
      const all = await rows(invoiceId);
      const standing = all.find((row) => row.outcome === 'done' || isOpen(row));
      const mine = all.find((row) => row.attempt === attempt);
      const same = standing ?? mine;
      if (same && (Number(same.amount_minor) !== amountMinor || same.currency !== currency)) {
        return refuse(same.currency === currency ? 'amountMismatch' : 'currencyMismatch', 'This invoice was charged as another amount.', { path: 'amountMinor', hint: 'An invoice keeps its amount; charge what is new as an invoice of its own.', facts: { firstMinor: Number(same.amount_minor), firstCurrency: same.currency } });
      }
      if (same && same.account_id !== accountId) return refuse('orderMismatch', 'This invoice is of another account.', { path: 'accountId', hint: 'Charge the account the invoice was written to.' });
      if (standing?.outcome === 'done' && (await isGivenBack(standing))) return notPayable({ status: 'refunded' }, 'The charge of this invoice was given back.', 'Write a new invoice for what is owed again.');
      if (standing?.outcome === 'done') return accept({ paymentIntent: standing.payment_intent!, status: 'succeeded', amountMinor: Number(standing.amount_minor), currency: standing.currency, ...(standing.charge_id ? { chargeId: standing.charge_id } : {}), repeated: true }, 'the ledger holds this charge');
      if (standing) {
        const settled = await settleRow(standing, true);
        // Another rung was still open. It has paid, or it is out of the way now.
        if (settled.type === 'accepted' || standing.attempt === attempt) return settled;
        continue;
      }
      if (mine?.outcome === 'declined') return declined(mine.decline_code ?? 'generic_decline', mine.advice_code ?? undefined);
      if (mine) { // failed or refused: seen not to have happened, so it may go under a new key
        const method = request.paymentMethod ?? (mine.outcome === 'refused' ? await defaultOf(accountId) : undefined) ?? mine.payment_method;
        const again = await db.query('UPDATE payment_charge SET outcome = NULL, attempt_group = attempt_group + 1, payment_method = $4 WHERE invoice_id = $1 AND attempt = $2 AND outcome = $3', [invoiceId, attempt, mine.outcome, method]).catch(taken);
        if (again && again.rowCount > 0) return settleRow({ ...mine, attempt_group: mine.attempt_group + 1, payment_method: method }, true);
        continue;
      }
      const method = request.paymentMethod ?? (await defaultOf(accountId));
      if (!method) return noMethod();
      const made = await db.query('INSERT INTO payment_charge (invoice_id, attempt, provider, account_id, payment_method, amount_minor, currency, intended_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING', [invoiceId, attempt, vault.provider, accountId, method, amountMinor, currency, clock.now()]);
      if (made.rowCount === 0) continue;
      return settleRow((await rows(invoiceId)).find((row) => row.attempt === attempt)!, false);
    }
  }

  return {
    /** Charges a stored method for an invoice, once per attempt and at most once per invoice. A decline says what helps. */
    charge: (request: ChargeRequest): Promise<LedgerDecision> => turn(`invoice ${request.invoiceId}`, () => charge(request)),

    /** The stored methods of an account, the newest first. An account nobody knows has none. */
    async methods(accountId: string): Promise<readonly StoredMethod[]> {
      const customer = await knownCustomer(accountId);
      return customer ? vault.methods(customer) : [];
    },
    /** Stores a method by its token; the first becomes the default (S2-091). Never a card number: that is not a token. */
    addMethod: (accountId: string, token: string, asDefault = false): Promise<Decision<{ readonly methods: readonly StoredMethod[]; readonly repeated: boolean }, PaymentRefusalCode>> =>
      turn(`account ${accountId}`, async () => {
        const customer = await customerOf(accountId);
        const added = await vault.add(customer, token);
        if (added.type === 'refused') return added;
        if (asDefault) await vault.setDefault(customer, added.value.id);
        return accept({ methods: await vault.methods(customer), repeated: added.value.repeated }, ...added.because);
      }),
    setDefault: (accountId: string, method: string): Promise<Decision<{ readonly methods: readonly StoredMethod[]; readonly repeated: boolean }, PaymentRefusalCode>> =>
      turn(`account ${accountId}`, async () => {
        const customer = await knownCustomer(accountId);
        const set = customer ? await vault.setDefault(customer, method) : noMethod();
        return set.type === 'refused' ? set : accept({ methods: await vault.methods(customer!), repeated: set.value.repeated }, ...set.because);
      }),
    /** Removes a method; where it was the default, another is promoted. */
    removeMethod: (accountId: string, method: string): Promise<Decision<{ readonly methods: readonly StoredMethod[]; readonly repeated: boolean; readonly promoted?: string }, PaymentRefusalCode>> =>
      turn(`account ${accountId}`, async () => {
        const customer = await knownCustomer(accountId);
        const removed = customer ? await vault.remove(customer, method) : noMethod();
        return removed.type === 'refused' ? removed : accept({ methods: await vault.methods(customer!), ...removed.value }, ...removed.because);
      }),
  };
}
export type ChargeLedger = ReturnType<typeof chargeLedger>;

const keyOf = ({ invoice_id, attempt }: Pick<Row, 'invoice_id' | 'attempt'>): string => chargeKey(invoice_id, attempt);
/** Another attempt became the open one just now. */
const taken = (error: unknown): undefined => {
  if (String((error as { code?: unknown }).code) === '23505') return undefined;
  throw error;
};
