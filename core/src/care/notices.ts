import { accept, refuse, type Decision } from '../kernel/decision.ts';
import { deriveId } from '../kernel/id.ts';
import type { JsonObject } from '../kernel/json.ts';
import { FactMissing, readFacts } from './factReader.ts';
import type { NoticeChannel, NoticeFacts, NoticeLanguage, NoticeTrigger } from './noticeFacts.ts';
import { noticeTemplates } from './noticeTemplates.ts';
import { smsText } from './smsText.ts';

export interface NoticeToRender<T extends NoticeTrigger = NoticeTrigger> {
  readonly trigger: T;
  readonly channel: NoticeChannel;
  readonly language: NoticeLanguage;
  readonly facts: NoticeFacts[T] | JsonObject;
}
export interface RenderedNotice {
  /** For e-mail. */
  readonly subject?: string;
  readonly text: string;
  /** For e-mail; everything that came from outside is escaped. */
  readonly html?: string;
}

/**
 * A message in the customer's language, from its facts alone (S1-099, S1-100, S1-102, S1-114, S1-118, S1-150…S1-155). A fact that is
 * missing or has the wrong shape is refused with its path: no message ever says "undefined". An SMS stays within GSM-7 where it can.
 * @example renderNotice({ trigger: 'serviceActivated', channel: 'sms', language: 'fr', facts: { orderId: 'ord_1' } }) // accepted: { text: 'Service activé! Bienvenue.' }
 */
export function renderNotice<T extends NoticeTrigger>(notice: NoticeToRender<T>): Decision<RenderedNotice, 'unknownTrigger' | 'noTemplate' | 'factMissing'> {
  const { trigger, channel, language } = notice;
  if (!Object.prototype.hasOwnProperty.call(noticeTemplates, trigger)) return refuse('unknownTrigger', 'There is no message for this trigger.', { path: 'trigger', hint: Object.keys(noticeTemplates).join(', ') });
  const template = noticeTemplates[trigger][channel];
  if (!template || !['fr', 'en'].includes(language)) {
    return refuse('noTemplate', `${trigger} does not leave this way.`, { path: template ? 'language' : 'channel', hint: template ? 'fr or en' : `It leaves by ${Object.keys(noticeTemplates[trigger]).join(', ')}.` });
  }
  try {
    const { subject, text, html } = template(readFacts(notice.facts as JsonObject, language, channel));
    const rendered = channel === 'sms' ? { text: smsText(text).text } : { ...(subject !== undefined && { subject }), text, ...(html !== undefined && { html }) };
    return accept(rendered, `${trigger} by ${channel} in ${language}`);
  } catch (error) {
    if (error instanceof FactMissing) return refuse('factMissing', `The message ${trigger} needs ${error.path}: ${error.expected}.`, { path: error.path, hint: 'Give this fact; nothing was sent.' });
    throw error;
  }
}

/** Each message leaves once per trigger, subject and channel (S0-129). @example noticeKey('serviceActivated', 'ord_1', 'sms') // 'notice:serviceActivated:ord_1:sms' */
export function noticeKey(trigger: NoticeTrigger, subject: string, channel: NoticeChannel): string {
  return deriveId('notice', trigger, subject, channel);
}

/** The ways a message may leave. @example noticeChannels('orderConfirmed') // ['sms', 'email'] */
export function noticeChannels(trigger: NoticeTrigger): readonly NoticeChannel[] {
  return Object.keys(noticeTemplates[trigger]) as NoticeChannel[];
}
