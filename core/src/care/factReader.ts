import { isCivilDate } from '../kernel/civil.ts';
import type { Json, JsonObject } from '../kernel/json.ts';
import type { NoticeChannel, NoticeLanguage } from './noticeFacts.ts';
import { sayAmount, sayDay } from './wording.ts';

/** Thrown inside `renderNotice` only: which fact is not there. */
export class FactMissing extends Error {
  readonly path: string;
  readonly expected: string;
  constructor(path: string, expected: string) {
    super(expected);
    this.path = path;
    this.expected = expected;
  }
}

/** Facts as words, checked as they are read. Texts come out on one line and, for chat, without the marks that would ping or link. */
export interface Facts {
  readonly language: NoticeLanguage;
  say(fr: string, en: string): string;
  text(key: string): string;
  textOrNull(key: string): string | null;
  /** An address of ours for a link: https only. */
  link(key: string): string;
  day(key: string): string;
  dayOrNull(key: string): string | null;
  days(key: string): readonly string[];
  wholeOrNull(key: string): number | null;
  amount(key: string): string;
  texts(key: string): readonly string[];
  list(key: string): readonly Facts[];
}

/** Wraps plain facts. @example readFacts({ orderId: 'ord_1' }, 'fr', 'sms').text('orderId') // 'ord_1' */
export function readFacts(facts: JsonObject, language: NoticeLanguage, channel: NoticeChannel, at = 'facts', currency?: string): Facts {
  const source: JsonObject = typeof facts === 'object' && facts !== null ? facts : {};
  const get = (key: string): Json | undefined => (Object.prototype.hasOwnProperty.call(source, key) ? source[key] : undefined);
  const missing = (key: string, expected: string): never => {
    throw new FactMissing(`${at}.${key}`, expected);
  };
  const words = (value: Json | undefined, key: string): string => {
    if (typeof value !== 'string' || value.trim() === '') return missing(key, 'a text');
    // One line: no second header in a subject, no second message in a chat.
    const line = value.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();
    return channel === 'chat' ? line.replace(/</g, '‹').replace(/>/g, '›').replace(/[`*~]/g, '').replace(/@/g, '@\u200b') : line;
  };
  const day = (value: Json | undefined, key: string): string => (isCivilDate(value) ? sayDay(value, language) : missing(key, 'a day written YYYY-MM-DD'));
  const array = (key: string): readonly Json[] => {
    const value = get(key);
    return Array.isArray(value) ? (value as readonly Json[]) : missing(key, 'a list');
  };
  const code = () => currency ?? (typeof get('currency') === 'string' && /^[A-Z]{3}$/.test(get('currency') as string) ? (get('currency') as string) : missing('currency', 'an ISO 4217 code'));
  return {
    language,
    say: (fr, en) => (language === 'fr' ? fr : en),
    text: (key) => words(get(key), key),
    textOrNull: (key) => (get(key) === null ? null : words(get(key), key)),
    link: (key) => {
      const value = get(key);
      return typeof value === 'string' && /^https:\/\/[^\s"'<>]+$/.test(value) ? value : missing(key, 'an https address');
    },
    day: (key) => day(get(key), key),
    dayOrNull: (key) => (get(key) === null ? null : day(get(key), key)),
    days: (key) => array(key).map((one, index) => day(one, `${key}[${index}]`)),
    wholeOrNull: (key) => {
      const value = get(key);
      return value === null ? null : typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : missing(key, 'a whole number or null');
    },
    amount: (key) => {
      const value = get(key);
      return typeof value === 'number' && Number.isSafeInteger(value) ? sayAmount(value, code(), language) : missing(key, 'a whole number of minor units');
    },
    texts: (key) => array(key).map((one, index) => words(one, `${key}[${index}]`)),
    list: (key) => {
      const items = array(key);
      const money = items.length > 0 ? code() : currency;
      return items.map((one, index) => readFacts(one as JsonObject, language, channel, `${at}.${key}[${index}]`, money));
    },
  };
}
