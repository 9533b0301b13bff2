import type { Json } from '../../../core/src/index.ts';
import { axiosSend } from '../../http/src/send.ts';
import { migrate, openDb, type Db } from '../../journal/src/index.ts';
import { startChat, type ChatSandbox } from '../../sandbox/src/chat/index.ts';
import { startMailjet, type MailjetSandbox } from '../../sandbox/src/mailjet/index.ts';
import { startTwilio, type TwilioSandbox } from '../../sandbox/src/twilio/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { chatPost, mailjetEmail, noticeMigrations, noticePort, twilioSms, type Carrier, type NoticeDb, type NoticePort } from '../src/index.ts';

export interface Told { readonly type: string; readonly stream: string; readonly key: string; readonly data: Record<string, Json> }
export interface Vendors {
  readonly world: World;
  readonly twilio: TwilioSandbox;
  readonly mailjet: MailjetSandbox;
  readonly chat: ChatSandbox;
  readonly sms: Carrier;
  readonly email: Carrier;
  readonly slack: Carrier;
  readonly teams: Carrier;
  calls(pattern: RegExp): number;
  close(): Promise<void>;
}

/** The three vendors and a carrier on each. */
export async function vendors(): Promise<Vendors> {
  const world = new World();
  const [twilio, mailjet, chat] = await Promise.all([startTwilio(world), startMailjet(world), startChat(world)]);
  const on = (baseUrl: string) => axiosSend({ baseUrl, timeoutMs: 400 });
  const room = (kind: 'slack' | 'teams', name: string) => chatPost({ kind, send: on(chat.url), path: chat.webhook(kind, name).slice(chat.url.length) });
  return {
    world, twilio, mailjet, chat,
    sms: twilioSms({ send: on(twilio.url), accountSid: twilio.accountSid, authToken: twilio.authToken, from: '+15145550100' }),
    email: mailjetEmail({ send: on(mailjet.url), apiKey: mailjet.apiKey, apiSecret: mailjet.apiSecret, from: { email: 'service@example.ca', name: 'Service' } }),
    slack: room('slack', 'dispatch'),
    teams: room('teams', 'dispatch'),
    calls: (pattern) => world.calls.filter((call) => pattern.test(`${call.system} ${call.method} ${call.path}`)).length,
    close: async () => void (await Promise.all([twilio.close(), mailjet.close(), chat.close()])),
  };
}

export interface PortBench extends Vendors {
  readonly db: Db;
  readonly told: Told[];
  readonly port: NoticePort;
  /** Another hub on the same database; with `db`, one that breaks where the test wants; with `off`, one without vendors. */
  another(more?: { readonly db?: NoticeDb; readonly off?: boolean }): NoticePort;
  stored(): Promise<string>;
}

let shared: Promise<Db> | undefined;

/** An empty notice table on the vendors, and what was published. One PGlite for all tests of a file: opening one takes a second. */
export async function portBench(): Promise<PortBench> {
  const base = await vendors();
  const db = await (shared ??= openDb('memory://'));
  await migrate(db, noticeMigrations);
  await db.script('TRUNCATE notice');
  const told: Told[] = [];
  const publish = async (event: Told) => {
    if (!told.some((one) => one.stream === event.stream && one.key === event.key)) told.push(event);
  };
  const another: PortBench['another'] = ({ db: on = db, off = false } = {}) =>
    noticePort({ db: on, clock: base.world.clock, publish, statusUrl: (id) => `http://127.0.0.1:9/status?notice=${id}`, carrierFor: (channel) => (off ? undefined : channel === 'sms' ? base.sms : channel === 'email' ? base.email : base.slack) });
  return { ...base, db, told, another, port: another(), stored: async () => JSON.stringify((await db.query('SELECT * FROM notice')).rows) };
}
export const closeDb = async (): Promise<void> => (await shared)?.close();
