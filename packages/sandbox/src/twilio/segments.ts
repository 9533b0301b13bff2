const BASIC = new Set('@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà');
const EXTENDED = new Set('^{}\\[~]|€\f');

/** How many parts a network cuts a text into; one letter outside GSM-7 (ê, ç, ’) makes the whole text UCS-2. */
export function countSegments(text: string): number {
  const letters = [...text];
  if (letters.every((letter) => BASIC.has(letter) || EXTENDED.has(letter))) {
    const units = letters.reduce((sum, letter) => sum + (EXTENDED.has(letter) ? 2 : 1), 0);
    return units <= 160 ? 1 : Math.ceil(units / 153);
  }
  return text.length <= 70 ? 1 : Math.ceil(text.length / 67);
}
