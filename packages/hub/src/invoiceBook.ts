import { accept, canadaTaxTable, civilDateIn, invoiceNumber, isCurrency, nextBill, refuse, type BillLine, type CustomerBill, type Clock, type Decision, type Json } from '../../../core/src/index.ts';
import type { Db, Migration, Queryable } from '../../journal/src/index.ts';
import type { GenerateInvoice, Invoice, InvoicePage } from './api.ts';
import type { Events } from './deps.ts';

const TENANT = 'main';
const PREFIX = { invoice: 'INV', creditNote: 'CN' } as const;
interface Row { readonly position: number; readonly number: string; readonly subscription_id: string; readonly account_id: string; readonly issued_at: Date | string; readonly bill: CustomerBill }

/** How many numbers each month has given out, and what was numbered: both move in one transaction, or neither does. */
export const invoiceMigrations: readonly Migration[] = [
  {
    name: 'hub-invoices',
    statements: [
      `CREATE TABLE invoice_count (tenant text NOT NULL, prefix text NOT NULL, month text NOT NULL, issued bigint NOT NULL, PRIMARY KEY (tenant, prefix, month))`,
      `CREATE TABLE issued_invoice (
        position bigserial PRIMARY KEY, tenant text NOT NULL, number text NOT NULL, bill_id text NOT NULL, subscription_id text NOT NULL, account_id text NOT NULL, issued_on text NOT NULL,
        bill jsonb NOT NULL, issued_at timestamptz NOT NULL, UNIQUE (tenant, number), UNIQUE (tenant, bill_id))`,
      `CREATE INDEX issued_invoice_subscription ON issued_invoice (tenant, subscription_id, position)`,
      `CREATE INDEX issued_invoice_account ON issued_invoice (tenant, account_id, position)`,
    ],
  },
];

const shown = (row: Row, repeated: boolean): Invoice => ({ type: 'invoice', number: row.number, subscriptionId: row.subscription_id, accountId: row.account_id, issuedAt: new Date(row.issued_at).toISOString(), bill: row.bill, repeated });

/**
 * Invoices for operators whose back office keeps none: the billing rule proposes, the book numbers and keeps (S2-094, S2-117). What was
 * billed before is read from the book, so the same request sent twice makes one invoice, and a number is neither given twice nor left out.
 * @example const book = invoiceBook({ db, clock, events, zone: 'America/Toronto' }); await book.generate('sub_1', { account, subscription });
 */
export function invoiceBook({ db, clock, events, zone }: { readonly db: Db; readonly clock: Clock; readonly events: Events; readonly zone: string }) {
  const select = (where: string) => `SELECT position, number, subscription_id, account_id, issued_at, bill FROM issued_invoice WHERE tenant = '${TENANT}' AND ${where}`;

  async function number(bill: CustomerBill, tx: Queryable): Promise<string> {
    const prefix = PREFIX[bill.kind];
    const month = bill.issuedOn.slice(0, 7).replace('-', '');
    // The row stays locked until the invoice is written; a transaction that falls takes its number back.
    const { rows } = await tx.query<{ issued: number }>(
      'INSERT INTO invoice_count AS c (tenant, prefix, month, issued) VALUES ($1, $2, $3, 1) ON CONFLICT (tenant, prefix, month) DO UPDATE SET issued = c.issued + 1 RETURNING issued', [TENANT, prefix, month],
    );
    const next = invoiceNumber({ [month]: Number(rows[0]!.issued) - 1 }, bill.issuedOn, prefix);
    if (next.type === 'refused') throw new Error(next.message);
    return next.value.number;
  }

  async function generate(subscriptionId: string, { account, subscription, asOf = civilDateIn(clock.now(), zone), since, creditMinor, taxTable = canadaTaxTable, policy }: GenerateInvoice): Promise<Decision<Invoice | null>> {
    if (subscription.id !== subscriptionId) return refuse('badInput', 'The subscription is not the one of the address.', { path: 'subscription.id', hint: 'Send the subscription whose invoice is wanted.' });
    if (!isCurrency(account.currency)) return refuse('badInput', 'account.currency is no currency of ISO 4217.', { path: 'account.currency', hint: 'CAD, USD, EUR, GBP …' });
    if (asOf > civilDateIn(clock.now(), zone)) return refuse('badInput', 'No invoice is issued on a day to come.', { path: 'asOf', hint: 'Billing: Upcoming Bill of the Leadlight node shows what is to come.' });
    return db.transaction(async (tx): Promise<Decision<Invoice | null>> => {
      // One at a time for each account, also between processes: what was billed must not change while it is read.
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`invoice:${account.id}`]);
      const { rows: before } = await tx.query<Row>(`${select('subscription_id = $1')} ORDER BY position`, [subscriptionId]);
      const foreign = before.find(({ account_id: id, bill }) => id !== account.id || bill.currency !== account.currency);
      if (foreign) return refuse('accountMismatch', 'This subscription was invoiced to another account or in another currency.', { path: 'account', hint: 'One currency per account, never converted: end the subscription and begin another.', facts: { number: foreign.number, accountId: foreign.account_id, currency: foreign.bill.currency } });
      const billed = before.flatMap(({ bill }): readonly BillLine[] => bill.lines);
      const decided = nextBill({ account, subscriptions: [subscription], asOf, billed, ...(since === undefined ? {} : { since }), ...(creditMinor === undefined ? {} : { creditMinor }) }, { taxTable, ...(policy ? { policy } : {}) });
      if (decided.type === 'refused') return decided;
      const bill = decided.value;
      if (!bill) {
        const same = before.findLast((row) => row.bill.issuedOn === asOf);
        return accept(same ? shown(same, true) : null, 'everything owed by that day was billed');
      }
      const { rows } = await tx.query<Row>(
        `INSERT INTO issued_invoice (tenant, number, bill_id, subscription_id, account_id, issued_on, bill, issued_at) VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8)
         RETURNING position, number, subscription_id, account_id, issued_at, bill`,
        [TENANT, await number(bill, tx), bill.id, subscriptionId, account.id, bill.issuedOn, JSON.stringify(bill), clock.now()],
      );
      const made = shown(rows[0]!, false);
      const { kind, currency, totalMinor, dueMinor, dueOn, issuedOn } = bill;
      const data: Record<string, Json> = { number: made.number, kind, accountId: account.id, subscriptionId, currency, totalMinor, dueMinor, issuedOn, dueOn };
      await events.publish({ type: 'invoice.issued', stream: `account-${account.id}`, key: `issued:${made.number}`, data }, tx);
      return accept(made, ...decided.because);
    });
  }

  return {
    generate,
    async get(wanted: string): Promise<Invoice | undefined> {
      const { rows } = await db.query<Row>(select('number = $1'), [wanted]);
      return rows[0] && shown(rows[0], true);
    },
    /** The oldest first; `next` of a page goes into `after` for the next one. */
    async list({ accountId, subscriptionId, after = 0, limit = 50 }: { readonly accountId?: string; readonly subscriptionId?: string; readonly after?: number; readonly limit?: number }): Promise<InvoicePage> {
      const { rows } = await db.query<Row>(`${select('($1::text IS NULL OR account_id = $1) AND ($2::text IS NULL OR subscription_id = $2) AND position > $3')} ORDER BY position LIMIT $4`, [accountId ?? null, subscriptionId ?? null, after, limit]);
      return { type: 'invoices', invoices: rows.map((row) => shown(row, true)), next: rows.length === limit ? rows.at(-1)!.position : null };
    },
  };
}
export type InvoiceBook = ReturnType<typeof invoiceBook>;
