import { createHmac, randomBytes } from 'node:crypto';
import { callbackQueue, posted } from '../callbacks.ts';
import { serve, type Running, type SimReply, type SimRequest } from '../http.ts';
import type { World } from '../world.ts';
import { countSegments } from './segments.ts';

export type SmsStatus = 'queued' | 'sent' | 'delivered' | 'undelivered' | 'failed';
export interface Sms {
  readonly sid: string;
  readonly to: string;
  readonly from: string;
  readonly body: string;
  readonly segments: number;
  /** Unix milliseconds on the world's clock. */
  readonly createdAt: number;
  readonly statusCallback: string | null;
  status: SmsStatus;
  errorCode: number | null;
}
export interface TwilioSandbox extends Running {
  readonly accountSid: string;
  readonly authToken: string;
  /** Every message the account took, oldest first. */
  sent(): readonly Sms[];
  /** The number answered STOP: 21610 from now on. */
  optOut(number: string): void;
  /** Messages to the number are taken but never arrive (e.g. 30003, 30005). */
  undeliverable(number: string, code?: number): void;
  /** Sends the delivery reports that are due by the world's clock. */
  flush(): Promise<void>;
  /** Sends one report again, or out of order. */
  report(sid: string, status: SmsStatus): Promise<boolean>;
}

const RETRIES_MS: readonly number[] = [];

/**
 * Twilio's Messages on loopback: Basic auth, 201 `queued`, listing by `To`, signed status callbacks a second (`sent`) and three seconds
 * (`delivered`) later, and Twilio's own magic numbers. No idempotency, as in the real one (erp.md 6.4).
 */
export async function startTwilio(world: World, options: { readonly port?: number; readonly accountSid?: string; readonly authToken?: string } = {}): Promise<TwilioSandbox> {
  const accountSid = options.accountSid ?? 'AC00000000000000000000000000000001';
  const authToken = options.authToken ?? 'twilio-sandbox-token';
  const messages: Sms[] = [];
  const stopped = new Set<string>(['+15005550004']);
  const unreachable = new Map<string, number>();
  const callbacks = callbackQueue(world);

  const report = (sms: Sms, status: SmsStatus): Promise<boolean> => {
    if (!sms.statusCallback) return Promise.resolve(true);
    const params: Record<string, string> = { AccountSid: accountSid, ApiVersion: '2010-04-01', From: sms.from, To: sms.to, MessageSid: sms.sid, SmsSid: sms.sid, MessageStatus: status, SmsStatus: status, ...(sms.errorCode ? { ErrorCode: String(sms.errorCode) } : {}) };
    return posted(sms.statusCallback, { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', 'user-agent': 'TwilioProxy/1.1', 'x-twilio-signature': signTwilio(authToken, sms.statusCallback, params) }, new URLSearchParams(params).toString());
  };
  const later = (sms: Sms, dueInMs: number, status: SmsStatus, errorCode: number | null = null) =>
    callbacks.add(dueInMs, () => {
      Object.assign(sms, { status, errorCode });
      return report(sms, status);
    }, RETRIES_MS);

  const create = (form: URLSearchParams): SimReply => {
    const to = form.get('To') ?? '';
    const body = form.get('Body') ?? '';
    const from = form.get('From') ?? '';
    if (!to) return failure(400, 21604, "A 'To' phone number is required.");
    if (!from && !form.get('MessagingServiceSid')) return failure(400, 21603, "A 'From' phone number is required.");
    if (!body) return failure(400, 21602, 'Message body is required.');
    if (body.length > 1600) return failure(400, 21617, 'The concatenated message body exceeds the 1600 character limit');
    if (!/^\+[1-9]\d{6,14}$/.test(to) || to === '+15005550001') return failure(400, 21211, `The 'To' number ${to} is not a valid phone number.`);
    if (to === '+15005550009') return failure(400, 21614, `'To' number: ${to}, is not a valid mobile number`);
    if (stopped.has(to)) return failure(400, 21610, 'Attempt to send to unsubscribed recipient');
    const sms: Sms = { sid: `SM${randomBytes(16).toString('hex')}`, to, from, body, segments: countSegments(body), createdAt: world.clock.ms, statusCallback: form.get('StatusCallback'), status: 'queued', errorCode: null };
    messages.push(sms);
    later(sms, 1_000, 'sent');
    const code = unreachable.get(to);
    later(sms, 3_000, code ? 'undelivered' : 'delivered', code ?? null);
    return { status: 201, body: resource(accountSid, sms) };
  };

  const running = await serve(world, 'twilio', (request) => {
    const expected = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
    if (request.headers.authorization !== expected) return failure(401, 20003, 'Authenticate');
    const path = `/2010-04-01/Accounts/${accountSid}/Messages`;
    if (request.rawPath === `${path}.json` && request.method === 'POST') return create(formOf(request));
    if (request.rawPath === `${path}.json` && request.method === 'GET') return list(accountSid, messages, request.query);
    const one = messages.find((sms) => request.rawPath === `${path}/${sms.sid}.json`);
    if (one && request.method === 'GET') return { status: 200, body: resource(accountSid, one) };
    return failure(404, 20404, `The requested resource ${request.rawPath} was not found`);
  }, options.port ?? 0);

  return {
    ...running, accountSid, authToken,
    sent: () => structuredClone(messages),
    optOut: (number) => void stopped.add(number),
    undeliverable: (number, code = 30003) => void unreachable.set(number, code),
    flush: () => callbacks.flush(),
    report: (sid, status) => {
      const sms = messages.find((one) => one.sid === sid);
      if (!sms) throw new Error(`no message ${sid}`);
      return report(sms, status);
    },
    close: async () => {
      callbacks.close();
      await running.close();
    },
  };
}

/** `X-Twilio-Signature` of a form callback: HMAC-SHA1 over the address and the sorted fields (erp.md 6.4, vectors there). */
export function signTwilio(authToken: string, url: string, params: Readonly<Record<string, string>>): string {
  return createHmac('sha1', authToken).update(url + Object.keys(params).sort().map((key) => key + params[key]).join('')).digest('base64');
}

const failure = (status: number, code: number, message: string): SimReply => ({ status, body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status } });
const formOf = (request: SimRequest): URLSearchParams => new URLSearchParams(request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ? request.text : '');
const rfc2822 = (ms: number): string => new Date(ms).toUTCString().replace('GMT', '+0000');

function resource(accountSid: string, sms: Sms): object {
  return {
    account_sid: accountSid, api_version: '2010-04-01', body: sms.body, date_created: rfc2822(sms.createdAt), date_sent: sms.status === 'queued' ? null : rfc2822(sms.createdAt + 1_000), date_updated: rfc2822(sms.createdAt),
    direction: 'outbound-api', error_code: sms.errorCode, error_message: null, from: sms.from, messaging_service_sid: null, num_media: '0', num_segments: String(sms.segments), price: null, price_unit: 'USD',
    sid: sms.sid, status: sms.status, subresource_uris: { media: `/2010-04-01/Accounts/${accountSid}/Messages/${sms.sid}/Media.json` }, to: sms.to, uri: `/2010-04-01/Accounts/${accountSid}/Messages/${sms.sid}.json`,
  };
}

function list(accountSid: string, messages: readonly Sms[], query: URLSearchParams): SimReply {
  const size = Math.min(Number(query.get('PageSize') ?? 50), 1000);
  const page = Number(query.get('Page') ?? 0);
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  const wanted = [...messages].reverse().filter((sms) =>
    (!query.get('To') || sms.to === query.get('To')) && (!query.get('From') || sms.from === query.get('From')) && (!query.get('DateSent>') || day(sms.createdAt) >= query.get('DateSent>')!.slice(0, 10)));
  const path = `/2010-04-01/Accounts/${accountSid}/Messages.json`;
  const more = (page + 1) * size < wanted.length;
  const at = (number: number) => `${path}?${new URLSearchParams({ ...Object.fromEntries(query), Page: String(number), PageSize: String(size) })}`;
  return {
    status: 200,
    body: { messages: wanted.slice(page * size, (page + 1) * size).map((sms) => resource(accountSid, sms)), page, page_size: size, start: page * size, end: Math.min((page + 1) * size, wanted.length) - 1, uri: at(page), first_page_uri: at(0), next_page_uri: more ? at(page + 1) : null, previous_page_uri: page > 0 ? at(page - 1) : null },
  };
}
