import { randomUUID } from 'node:crypto';
import { serve, type Running, type SimReply } from '../http.ts';
import type { World } from '../world.ts';

export interface Email {
  readonly id: number;
  readonly uuid: string;
  readonly customId: string;
  readonly from: { readonly Email: string; readonly Name?: string };
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly at: string;
  status: 'queued' | 'sent' | 'opened' | 'bounce' | 'blocked' | 'spam';
}
export interface MailjetSandbox extends Running {
  readonly apiKey: string;
  readonly apiSecret: string;
  /** Every message the account took, oldest first. */
  sent(): readonly Email[];
  /** What became of a message later. */
  becomes(customId: string, status: Email['status']): void;
}
interface Given { From?: { Email?: string; Name?: string }; To?: { Email?: string; Name?: string }[]; Subject?: string; TextPart?: string; HTMLPart?: string; CustomID?: string; TemplateID?: number }
const KNOWN = new Set(['From', 'Sender', 'To', 'Cc', 'Bcc', 'ReplyTo', 'Subject', 'TextPart', 'HTMLPart', 'TemplateID', 'TemplateLanguage', 'Variables', 'CustomID', 'EventPayload', 'Attachments', 'InlinedAttachments', 'CustomCampaign', 'TrackOpens', 'TrackClicks', 'Headers', 'Priority']);

/** Mailjet's Send API v3.1 on loopback: a status per message, no idempotency, lookup by `CustomID` (erp.md 6.5). */
export async function startMailjet(world: World, options: { readonly port?: number; readonly apiKey?: string; readonly apiSecret?: string } = {}): Promise<MailjetSandbox> {
  const apiKey = options.apiKey ?? 'mailjet-sandbox-key';
  const apiSecret = options.apiSecret ?? 'mailjet-sandbox-secret';
  const emails: Email[] = [];
  let next = 288_230_000_000_000_000 + Math.floor(Math.random() * 1e9) * 1_000;

  const take = (given: Given): { readonly ok: boolean; readonly reply: object } => {
    const problem = check(given);
    if (problem) return { ok: false, reply: { Status: 'error', Errors: [{ ErrorIdentifier: randomUUID(), StatusCode: 400, ...problem }] } };
    const to = given.To!.map(({ Email = '' }) => {
      next += 64; // beyond 2^53, as the real ones are: read it as text, or use the UUID
      const email: Email = { id: next, uuid: randomUUID(), customId: given.CustomID ?? '', from: given.From as Email['from'], to: Email, subject: given.Subject ?? '', text: given.TextPart ?? '', html: given.HTMLPart ?? '', at: world.clock.now(), status: 'sent' };
      emails.push(email);
      return { Email, MessageUUID: email.uuid, MessageID: email.id, MessageHref: `https://api.mailjet.com/v3/REST/message/${email.id}` };
    });
    return { ok: true, reply: { Status: 'success', CustomID: given.CustomID ?? '', To: to, Cc: [], Bcc: [] } };
  };

  const send = (text: string): SimReply => {
    let body: { Messages?: Given[]; SandboxMode?: boolean };
    try {
      body = JSON.parse(text) as typeof body;
    } catch {
      return plain(400, 'mj-0031', 'Malformed JSON, please review the syntax and properties types.');
    }
    if (!Array.isArray(body.Messages) || body.Messages.length === 0) return plain(400, 'mj-0003', 'Missing mandatory property "Messages".');
    if (body.Messages.length > 50) return plain(400, 'mj-0018', 'At most 50 messages per call.');
    if (body.SandboxMode) return { status: 200, body: { Messages: body.Messages.map((message) => (check(message) ? { Status: 'error' } : { Status: 'success', To: [] })) } };
    const taken = body.Messages.map(take);
    return { status: taken.every((one) => !one.ok) ? 400 : 200, body: { Messages: taken.map((one) => one.reply) } };
  };

  const running = await serve(world, 'mailjet', (request) => {
    if (request.headers.authorization !== `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')}`) {
      return { status: 401, body: { ErrorIdentifier: randomUUID(), StatusCode: 401, ErrorMessage: 'API key authentication/authorization failure. You may be unauthorized to access the API or your API key may be expired. Visit API keys management section to check your keys.' } };
    }
    if (request.method === 'POST' && request.rawPath === '/v3.1/send') return send(request.text);
    if (request.method === 'GET' && request.rawPath === '/v3/REST/message') {
      const custom = request.query.get('CustomID');
      const limit = Number(request.query.get('Limit') ?? 10);
      const found = emails.filter((email) => custom === null || email.customId === custom).slice(0, limit);
      const shown = request.query.get('ShowCustomID') === 'true';
      return { status: 200, body: { Count: found.length, Total: found.length, Data: found.map((email) => ({ ArrivedAt: email.at, AttachmentCount: 0, AttemptCount: 0, ContactAlt: '', CustomID: shown ? email.customId : '', Delay: 0, ID: email.id, IsClickTracked: false, IsHTMLPartIncluded: email.html !== '', IsOpenTracked: false, IsTextPartIncluded: email.text !== '', MessageSize: 0, SenderID: 1, SpamassassinScore: 0, Status: email.status, Subject: '', UUID: email.uuid })) } };
    }
    return { status: 404, body: { ErrorInfo: '', ErrorMessage: 'Object not found', StatusCode: 404 } };
  }, options.port ?? 0);

  return {
    ...running, apiKey, apiSecret,
    sent: () => structuredClone(emails),
    becomes: (customId, status) => {
      for (const email of emails) if (email.customId === customId) email.status = status;
    },
  };
}

const plain = (status: number, ErrorCode: string, ErrorMessage: string): SimReply => ({ status, body: { ErrorIdentifier: randomUUID(), ErrorCode, StatusCode: status, ErrorMessage } });

function check(message: Given): { ErrorCode: string; ErrorMessage: string; ErrorRelatedTo: string[] } | undefined {
  const unknown = Object.keys(message).find((key) => !KNOWN.has(key));
  if (unknown) return { ErrorCode: 'mj-0012', ErrorMessage: `Unknown property "${unknown}"`, ErrorRelatedTo: [unknown] };
  if (!message.From?.Email) return { ErrorCode: 'mj-0003', ErrorMessage: 'Missing mandatory property.', ErrorRelatedTo: ['From'] };
  if (!message.To?.length) return { ErrorCode: 'mj-0003', ErrorMessage: 'Missing mandatory property.', ErrorRelatedTo: ['To'] };
  const bad = message.To.findIndex(({ Email }) => !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(Email ?? ''));
  if (bad >= 0) return { ErrorCode: 'mj-0013', ErrorMessage: `"${message.To[bad]!.Email}" is an invalid email address.`, ErrorRelatedTo: [`To[${bad}].Email`] };
  if (!message.TextPart && !message.HTMLPart && !message.TemplateID) return { ErrorCode: 'send-0003', ErrorMessage: 'At least "HTMLPart", "TextPart" or "TemplateID" must be provided.', ErrorRelatedTo: ['HTMLPart', 'TextPart', 'TemplateID'] };
  return undefined;
}
