/** Lower case, no accents, ligatures opened, apostrophes and dots as spaces. @example foldText("L'Île-Perrôt") // 'l ile-perrot' */
export function foldText(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/œ/g, 'oe').replace(/æ/g, 'ae').replace(/['’`´.,;()]/g, ' ').replace(/\s+/g, ' ').trim();
}
