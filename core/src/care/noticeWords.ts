import type { Facts } from './factReader.ts';
import type { NoticeChannel } from './noticeFacts.ts';

export interface Words {
  readonly subject?: string;
  readonly text: string;
  readonly html?: string;
}
export type Template = (facts: Facts) => Words;
/** The ways one message may leave. */
export type Ways = Partial<Readonly<Record<NoticeChannel, Template>>>;

/** Each paragraph is a sentence, or rows of two columns. */
type Block = string | readonly (readonly [string, string])[];

const escape = (text: string): string => text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);

/** One e-mail as text and as HTML, from the same words. @example email('Bonjour', ['Un mot.']).html // '<p>Un mot.</p>' */
export function email(subject: string, blocks: readonly Block[]): Words {
  const text = blocks.map((block) => (typeof block === 'string' ? block : block.map(([left, right]) => `${left}: ${right}`).join('\n'))).join('\n\n');
  const html = blocks
    .map((block) => (typeof block === 'string' ? `<p>${escape(block)}</p>` : `<table>${block.map(([left, right]) => `<tr><td>${escape(left)}</td><td align="right">${escape(right)}</td></tr>`).join('')}</table>`))
    .join('\n');
  return { subject, text, html };
}

/** @example hello(facts) // 'Bonjour Jean,' */
export const hello = (f: Facts): string => f.say(`Bonjour ${f.text('customerName')},`, `Hello ${f.text('customerName')},`);
