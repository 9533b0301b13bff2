import { readJson, refuse, type Send } from '../../../core/src/index.ts';
import { basicAuth } from './basicAuth.ts';
import { exchange, statusFailure, type Carried, type Carrier } from './carrier.ts';

export interface TwilioOptions {
  /** Relative to `https://api.twilio.com`. */
  readonly send: Send;
  readonly accountSid: string;
  readonly authToken: string;
  /** E.164 number, or `MG…` for a messaging service. */
  readonly from: string;
}
interface Resource { readonly sid?: string; readonly status?: string; readonly body?: string; readonly date_created?: string; readonly error_code?: number | null }

const INVALID = new Set([21211, 21214, 21217, 21612, 21614]);
const ADDRESS = { path: 'to', hint: 'Ask the customer for a mobile number.' };

/**
 * SMS by Twilio (erp.md 6.4). There is no idempotency on Messages: `find` lists what went to the number since and matches the text.
 * @example const sms = twilioSms({ send: axiosSend({ baseUrl: 'https://api.twilio.com' }), accountSid, authToken, from: '+15145550100' });
 */
export function twilioSms({ send, accountSid, authToken, from }: TwilioOptions): Carrier {
  const path = `/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`;
  const authorization = basicAuth(accountSid, authToken);
  return {
    async send({ to, text, statusUrl }) {
      const form = new URLSearchParams({ To: to, Body: text, [from.startsWith('MG') ? 'MessagingServiceSid' : 'From']: from, ...(statusUrl ? { StatusCallback: statusUrl } : {}) });
      const reply = await exchange(send, 'twilio', 'sms.send', { method: 'POST', path, headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' }, body: form.toString() });
      // A proxy's 502 may stand before a message that was taken: unknown, not "not applied".
      if (reply.status >= 500) throw statusFailure(reply, 'twilio', 'sms.send', true);
      const body = readJson(reply, 'twilio', 'sms.send', true) as Resource & { code?: number };
      if (reply.status === 201 && body.sid) return { vendorId: body.sid, ...twilioState(body.status ?? 'queued', body.error_code) };
      const code = Number(body.code ?? 0);
      // Twilio's own sentences quote the number, so they stay here.
      if (code === 21610) return refuse('optedOut', 'The number answered STOP.', { path: 'to', hint: 'The customer can text START to receive messages again.', facts: { code } });
      if (INVALID.has(code)) return refuse('invalidRecipient', 'Twilio does not take this number.', { ...ADDRESS, facts: { code } });
      if (reply.status === 400) return refuse('rejected', `Twilio refused the message (${code}).`, { hint: `See twilio.com/docs/errors/${code}.`, facts: { code } });
      throw statusFailure(reply, 'twilio', 'sms.send', true, code ? String(code) : undefined);
    },

    async find({ to, isText, since }) {
      const reply = await exchange(send, 'twilio', 'sms.find', { method: 'GET', path, headers: { authorization }, query: { To: to, PageSize: 100 } });
      if (reply.status !== 200) throw statusFailure(reply, 'twilio', 'sms.find', false);
      const { messages = [] } = readJson(reply, 'twilio', 'sms.find') as { messages?: readonly Resource[] };
      // Twilio dates have whole seconds.
      const from = Math.floor(Date.parse(since) / 1000) * 1000;
      return messages.flatMap(({ sid, status = '', body = '', date_created: at = '', error_code: code }) => (sid && Date.parse(at) >= from && isText(body) ? [{ vendorId: sid, ...twilioState(status, code) }] : []));
    },
  };
}

/** Twilio's status as ours: taken is `sent`; only a report from the network is `delivered`. @example twilioState('queued').state // 'sent' */
export function twilioState(status: string, code?: number | null): Omit<Carried, 'vendorId'> {
  if (status === 'delivered' || status === 'read') return { state: 'delivered' };
  if (status === 'undelivered' || status === 'failed' || status === 'canceled') return { state: 'failed', reason: code ? `twilio:${code}` : `twilio:${status}` };
  return { state: 'sent' };
}
