import type { FastifyInstance } from 'fastify';
import { refuse, renderNotice, type Refused } from '../../../../core/src/index.ts';
import { axiosSend } from '../../../http/src/send.ts';
import { migrate } from '../../../journal/src/index.ts';
import { chatPost, mailjetEmail, noticeMigrations, noticePort, twilioSigned, twilioSms, twilioState, type Carrier, type NoticePort } from '../../../notices/src/index.ts';
import type { Notice, NoticeRequest } from '../api.ts';
import type { HubConfig } from '../config.ts';
import type { Deps, Routes } from '../deps.ts';
import { answer } from '../replies.ts';
import { id, json, line, object, ok, okList } from './shapes.ts';

const TO = { sms: /^\+[1-9]\d{6,14}$/, email: /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/, chat: /^[A-Za-z0-9_-]{1,40}$/ } as const;
const EXPECTED = { sms: 'a number with + and the country code', email: 'an e-mail address', chat: 'a room name of the hub' } as const;
const STATUS_PATH = '/v1/notices/status/twilio';

/** `/v1/notices`: asks for a notice once per trigger, subject and channel. A notice that fails is a state to see, not an error to stop at. */
export const noticeRoutes: Routes = async (app, deps) => {
  const { config, clock, db, events } = deps;
  await migrate(db, noticeMigrations);
  const notices = noticePort({
    db, clock, carrierFor: carriersOf(config),
    publish: (event, tx) => events.publish(event, tx),
    statusUrl: (noticeId) => statusUrl(config, noticeId),
  });

  app.post<{ Body: NoticeRequest }>('/v1/notices', {
    schema: {
      tags: ['notices'], summary: 'Sends a notice once per trigger, subject and channel; repeated requests give its state', response: ok('Notice'),
      body: object({ trigger: id('^[a-z][A-Za-z0-9]{0,63}$'), subject: id(), channel: { type: 'string', enum: ['sms', 'email', 'chat'] }, to: line(254), language: { type: 'string', enum: ['fr', 'en'] }, facts: json }, ['trigger', 'subject', 'channel', 'to', 'language', 'facts']),
    },
  }, async ({ body }, reply): Promise<Notice | Refused> => {
    const { trigger, subject, channel, to, language, facts } = body;
    if (!TO[channel].test(to)) return answer(reply, refuse('badInput', `to must be ${EXPECTED[channel]}.`, { path: 'to', hint: `Send ${EXPECTED[channel]}.` }));
    if (channel === 'chat' && config.chat && !Object.hasOwn(config.chat, to)) return answer(reply, refuse('badInput', 'The hub knows no such room.', { path: 'to', hint: `One of ${Object.keys(config.chat).join(', ')}.` }));
    const rendered = renderNotice({ trigger: trigger as never, channel, language, facts });
    if (rendered.type === 'refused') return answer(reply, rendered);
    return notices.send({ trigger, subject, channel, to, language, message: rendered.value });
  });

  app.get<{ Querystring: { subject: string } }>('/v1/notices', {
    schema: { tags: ['notices'], summary: 'The notices of a subject', querystring: object({ subject: id() }, ['subject']), response: okList('Notice') },
  }, async ({ query }) => notices.list(query.subject));

  await app.register(async (scope) => twilioReports(scope, deps, notices));
};

/** Delivery reports are forms, authenticated by Twilio's signature over the public address it was given. */
function twilioReports(scope: FastifyInstance, { config }: Deps, notices: NoticePort): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, text, done) => done(null, text));
  scope.post<{ Body: unknown; Querystring: { notice?: string } }>(STATUS_PATH, {
    config: { auth: 'public' }, bodyLimit: 16 * 1024,
    schema: { tags: ['notices'], summary: 'Delivery reports of Twilio, authenticated by their signature', querystring: object({ notice: id('^ntc_[0-9a-f]{24}$') }, ['notice']), response: ok('{ type: "received", outcome }') },
  }, async (request, reply) => {
    const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
    const noticeId = request.query.notice ?? '';
    const header = request.headers['x-twilio-signature'];
    const signed = twilioSigned({ authToken: config.twilio?.authToken ?? '', url: statusUrl(config, noticeId), form, header: typeof header === 'string' ? header : undefined });
    if (!signed) return reply.code(403).send(refuse('badSignature', 'The signature does not fit the report.', { hint: 'Check the Twilio auth token and the public address of the hub.' }));
    const code = Number(form.get('ErrorCode') ?? 0);
    const applied = await notices.report(noticeId, { vendorId: form.get('MessageSid') ?? '', ...twilioState(form.get('MessageStatus') ?? '', code || null) });
    return { type: 'received', outcome: applied ? 'applied' : 'ignored' };
  });
}

const statusUrl = (config: HubConfig, noticeId: string): string => `${config.publicUrl.replace(/\/+$/, '')}${STATUS_PATH}?notice=${noticeId}`;

/** The ways out that are set up. */
function carriersOf({ twilio, mailjet, chat = {} }: HubConfig): (channel: NoticeRequest['channel'], to: string) => Carrier | undefined {
  const sms = twilio && twilioSms({ ...twilio, send: axiosSend({ baseUrl: twilio.baseUrl ?? 'https://api.twilio.com', timeoutMs: 15_000 }) });
  const email = mailjet && mailjetEmail({ ...mailjet, send: axiosSend({ baseUrl: mailjet.baseUrl ?? 'https://api.mailjet.com', timeoutMs: 15_000 }) });
  const rooms = new Map(Object.entries(chat).map(([room, { kind, url }]) => {
    const { origin, pathname, search } = new URL(url);
    return [room, chatPost({ kind, path: pathname + search, send: axiosSend({ baseUrl: origin, timeoutMs: 15_000 }) })] as const;
  }));
  return (channel, to) => (channel === 'sms' ? sms : channel === 'email' ? email : rooms.get(to));
}
