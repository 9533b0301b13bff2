import { readJson, refuse, VendorError, type Send } from '../../../core/src/index.ts';
import { basicAuth } from './basicAuth.ts';
import { exchange, statusFailure, type Carried, type Carrier } from './carrier.ts';

export interface MailjetOptions {
  /** Relative to `https://api.mailjet.com`. */
  readonly send: Send;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly from: { readonly email: string; readonly name: string };
}
interface Answer { readonly Messages?: readonly { readonly Status?: string; readonly To?: readonly { readonly MessageUUID?: string }[]; readonly Errors?: readonly { readonly ErrorCode?: string; readonly ErrorRelatedTo?: readonly string[] }[] }[] }

const FAILED = new Set(['bounce', 'hardbounced', 'softbounced', 'blocked', 'spam', 'unsub']);

/**
 * E-mail by Mailjet v3.1 (erp.md 6.5). The status of the message decides, not the HTTP status. Our notice id travels as `CustomID`, by
 * which `find` looks it up.
 * @example const email = mailjetEmail({ send: axiosSend({ baseUrl: 'https://api.mailjet.com' }), apiKey, apiSecret, from });
 */
export function mailjetEmail({ send, apiKey, apiSecret, from }: MailjetOptions): Carrier {
  const authorization = basicAuth(apiKey, apiSecret);
  return {
    async send({ noticeId, to, subject, text, html }) {
      const message = { From: { Email: from.email, Name: from.name }, To: [{ Email: to }], Subject: subject ?? '', TextPart: text, ...(html ? { HTMLPart: html } : {}), CustomID: noticeId };
      const reply = await exchange(send, 'mailjet', 'email.send', { method: 'POST', path: '/v3.1/send', headers: { authorization }, body: { Messages: [message] } });
      if (reply.status >= 500 || reply.status === 401 || reply.status === 403 || reply.status === 429) throw statusFailure(reply, 'mailjet', 'email.send', true);
      const one = (readJson(reply, 'mailjet', 'email.send', true) as Answer).Messages?.[0];
      const vendorId = one?.To?.[0]?.MessageUUID;
      if (one?.Status === 'success' && vendorId) return { vendorId, state: 'sent' };
      const problem = one?.Errors?.[0];
      if (one?.Status === 'error' && problem) {
        // Mailjet's own sentences quote the address, so they stay here.
        const recipient = problem.ErrorRelatedTo?.some((path) => path.startsWith('To')) ?? false;
        return refuse(recipient ? 'invalidRecipient' : 'rejected', `Mailjet refused the message (${problem.ErrorCode}).`, { ...(recipient ? { path: 'to', hint: 'Ask the customer for the right address.' } : { hint: 'See the Send API errors of Mailjet.' }), facts: { code: problem.ErrorCode ?? '' } });
      }
      if (reply.status >= 400) throw statusFailure(reply, 'mailjet', 'email.send', true);
      throw new VendorError({ vendor: 'mailjet', operation: 'email.send', kind: 'unexpectedReply', outcome: 'unknown', status: reply.status, message: 'Mailjet answered without saying what became of the message.', hint: 'Look for the message in Mailjet.' });
    },

    async find({ noticeId }) {
      const reply = await exchange(send, 'mailjet', 'email.find', { method: 'GET', path: '/v3/REST/message', headers: { authorization }, query: { CustomID: noticeId, Limit: 10 } });
      if (reply.status !== 200) throw statusFailure(reply, 'mailjet', 'email.find', false);
      const { Data = [] } = readJson(reply, 'mailjet', 'email.find') as { Data?: readonly { readonly UUID?: string; readonly Status?: string }[] };
      return Data.flatMap(({ UUID, Status = '' }) => (UUID ? [{ vendorId: UUID, ...mailjetState(Status) }] : []));
    },
  };
}

/** Mailjet's status as ours; its `sent` means the other server took it. @example mailjetState('opened').state // 'delivered' */
export function mailjetState(status: string): Omit<Carried, 'vendorId'> {
  if (FAILED.has(status)) return { state: 'failed', reason: `mailjet:${status}` };
  return { state: status === 'sent' || status === 'opened' || status === 'clicked' ? 'delivered' : 'sent' };
}
