// GSM 03.38: the basic set, and the escaped one whose characters count twice.
const BASIC = '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const DOUBLE = '^{}\\[~]|€';
const NEAR: Readonly<Record<string, string>> = { '’': "'", '‘': "'", '“': '"', '”': '"', '«': '"', '»': '"', '–': '-', '—': '-', '…': '...', 'œ': 'oe', 'Œ': 'OE', '\u00a0': ' ', '\u202f': ' ' };

export interface SmsText {
  readonly text: string;
  readonly encoding: 'GSM-7' | 'UCS-2';
  readonly segments: number;
}

/**
 * A text as it should leave by SMS: French loses only the accents that would halve the room (ê → e, but é stays), so that it costs one
 * message, not two (erp.md 6.4). What has no near letter is kept, and the whole message then goes as UCS-2 with its accents.
 * @example smsText('Commande confirmée! Installation prévue le 3 août.').text // 'Commande confirmée! Installation prévue le 3 aout.'
 */
export function smsText(text: string): SmsText {
  const clean = text.normalize('NFC');
  const near = [...clean].map(nearest).join('');
  const plain = [...near].every((one) => BASIC.includes(one) || DOUBLE.includes(one));
  if (!plain) return { text: clean, encoding: 'UCS-2', segments: segments(clean.length, 70, 67) };
  const length = [...near].reduce((sum, one) => sum + (DOUBLE.includes(one) ? 2 : 1), 0);
  return { text: near, encoding: 'GSM-7', segments: segments(length, 160, 153) };
}

function nearest(letter: string): string {
  if (BASIC.includes(letter) || DOUBLE.includes(letter)) return letter;
  const bare = NEAR[letter] ?? letter.normalize('NFD').replace(/\p{M}/gu, '');
  return bare === '' ? letter : bare;
}

const segments = (length: number, one: number, more: number): number => (length <= one ? 1 : Math.ceil(length / more));
