import { refuse, VendorError, type Send } from '../../../core/src/index.ts';
import { exchange, statusFailure, type Carrier } from './carrier.ts';

export interface ChatOptions {
  readonly kind: 'slack' | 'teams';
  /** Relative to the origin of the webhook. */
  readonly send: Send;
  /** Path and query of the webhook. It is a secret: who has it may post. */
  readonly path: string;
}

/**
 * A room by its incoming webhook (erp.md 6.6). Nothing can be looked up afterwards, so there is no `find`. Teams answers 202 even when
 * its flow fails later: `sent` then means handed over, no more.
 * @example const dispatch = chatPost({ kind: 'slack', send: axiosSend({ baseUrl: 'https://hooks.slack.com' }), path: '/services/T/B/x' });
 */
export function chatPost({ kind, send, path }: ChatOptions): Carrier {
  const operation = 'chat.post';
  return {
    async send({ text }) {
      const reply = await exchange(send, kind, operation, { method: 'POST', path, body: kind === 'slack' ? { text: escapeSlack(text) } : card(text) });
      if (kind === 'teams' ? reply.status === 202 || reply.status === 200 : reply.status === 200 && reply.text.trim() === 'ok') return { state: 'sent' };
      if (reply.status === 400) return refuse('rejected', `${kind} refused the message.`, { hint: 'See the webhook in the chat.', facts: { status: 400 } });
      if (reply.status === 404 || reply.status === 403 || reply.status === 410 || reply.status === 401) {
        throw new VendorError({ vendor: kind, operation, kind: reply.status === 404 || reply.status === 410 ? 'notFound' : 'unauthorised', status: reply.status, message: `The webhook of the room is no longer valid (${reply.status}).`, hint: 'Make a new incoming webhook and set it in the hub.' });
      }
      throw statusFailure(reply, kind, operation, true);
    },
  };
}

/** Slack reads `<…>` as links and mentions. @example escapeSlack('a <b>') // 'a &lt;b&gt;' */
export const escapeSlack = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

function card(text: string): object {
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: { $schema: 'http://adaptivecards.io/schemas/adaptive-card.json', type: 'AdaptiveCard', version: '1.4', body: [{ type: 'TextBlock', text, wrap: true }] } }],
  };
}
