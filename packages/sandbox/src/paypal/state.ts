import { randomBytes } from 'node:crypto';

export interface Amount { readonly currency_code: string; readonly value: string }
export interface Capture { id: string; status: 'COMPLETED' | 'DECLINED' | 'PENDING' | 'PARTIALLY_REFUNDED' | 'REFUNDED'; amount: Amount; final_capture: true; custom_id?: string; invoice_id?: string; create_time: string; supplementary_data: { related_ids: { order_id: string } } }
export interface Refund { id: string; status: 'COMPLETED' | 'PENDING' | 'FAILED' | 'CANCELLED'; amount: Amount; custom_id?: string; invoice_id?: string; note_to_payer?: string; create_time: string; links: { rel: string; href: string; method: string }[] }
export interface Order {
  id: string; intent: 'CAPTURE'; status: 'CREATED' | 'PAYER_ACTION_REQUIRED' | 'APPROVED' | 'COMPLETED' | 'VOIDED'; create_time: string;
  purchase_units: [{ reference_id: string; amount: Amount; custom_id?: string; invoice_id?: string; payments?: { captures: Capture[]; refunds: Refund[] } }];
  links: { rel: string; href: string; method: string }[];
}
/** What a real account would answer as an error; `issue` names the detail. */
export class PaypalProblem extends Error {
  readonly status: number;
  readonly body: object;
  constructor(status: number, name: string, issue?: string, field?: string) {
    super(name);
    this.status = status;
    this.body = {
      name, message: issue ? 'The requested action could not be performed, semantically incorrect, or failed business validation.' : name, debug_id: randomBytes(7).toString('hex'),
      ...(issue ? { details: [{ issue, description: issue.toLowerCase().replaceAll('_', ' '), ...(field ? { field } : {}) }] } : {}), links: [],
    };
  }
}
export const unprocessable = (issue: string, field?: string): PaypalProblem => new PaypalProblem(422, 'UNPROCESSABLE_ENTITY', issue, field);
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789';
export const paypalId = (): string => [...randomBytes(17)].map((byte) => LETTERS[byte % LETTERS.length]).join('');

/** Cents of an amount; refuses what PayPal refuses. */
export function centsOf(amount: unknown): number {
  const { currency_code: currency, value } = (amount ?? {}) as { currency_code?: unknown; value?: unknown };
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) throw new PaypalProblem(400, 'INVALID_REQUEST', 'INVALID_PARAMETER_SYNTAX', '/amount/currency_code');
  if (typeof value !== 'string' || !/^\d{1,9}(\.\d{1,2})?$/.test(value)) throw new PaypalProblem(400, 'INVALID_REQUEST', 'INVALID_PARAMETER_SYNTAX', '/amount/value');
  if (currency === 'JPY' && value.includes('.')) throw unprocessable('DECIMALS_NOT_SUPPORTED', '/amount/value');
  const [whole = '0', part = ''] = value.split('.');
  const cents = currency === 'JPY' ? Number(whole) : Number(whole) * 100 + Number(part.padEnd(2, '0'));
  if (cents === 0) throw unprocessable('CANNOT_BE_ZERO_OR_NEGATIVE', '/amount/value');
  return cents;
}
