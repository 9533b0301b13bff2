import { weekday, type CivilDate } from '../kernel/civil.ts';
import { toDecimal } from '../kernel/decimal.ts';
import type { NoticeLanguage } from './noticeFacts.ts';

const WORDS = {
  fr: {
    days: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
    months: ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
  },
  en: {
    days: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    months: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
  },
} as const;

/** A day as people say it. @example sayDay('2026-04-01', 'fr') // 'mercredi 1er avril 2026' */
export function sayDay(day: CivilDate, language: NoticeLanguage): string {
  const name = WORDS[language].days[weekday(day) - 1]!;
  const month = WORDS[language].months[Number(day.slice(5, 7)) - 1]!;
  const number = Number(day.slice(8, 10));
  const year = day.slice(0, 4);
  return language === 'fr' ? `${name} ${number === 1 ? '1er' : number} ${month} ${year}` : `${name}, ${month} ${number}, ${year}`;
}

/** An amount as people write it; the sign of the dollar for CAD and USD, else the code. @example sayAmount(14959, 'CAD', 'fr') // '149,59 $' */
export function sayAmount(minor: number, currency: string, language: NoticeLanguage): string {
  const sign = currency === 'CAD' ? '$' : currency === 'USD' ? 'US$' : currency;
  const [whole = '0', part] = toDecimal(Math.abs(minor), currency).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, language === 'fr' ? '\u00a0' : ',');
  const number = part === undefined ? grouped : `${grouped}${language === 'fr' ? ',' : '.'}${part}`;
  const minus = minor < 0 ? '-' : '';
  return language === 'fr' ? `${minus}${number}\u00a0${sign}` : `${minus}${sign}${sign.endsWith('$') ? '' : ' '}${number}`;
}
