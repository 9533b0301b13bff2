import type { Match, Qualification } from './api.ts';

type Said = { readonly fr: string; readonly en: string };
const CHOOSE: Said = { fr: 'Choisissez votre adresse dans la liste.', en: 'Please pick your address from the list.' };
const NUMBER: Said = { fr: 'Ce numéro ne figure pas à notre registre pour cette rue. Écrivez-nous et nous vérifierons.', en: 'This house number is not in our register for that street. Write to us and we will check.' };
const BY_ANSWER: Readonly<Record<Qualification['availability'], Said>> = {
  available: { fr: 'La fibre est disponible à votre adresse.', en: 'Fibre is available at your address.' },
  availableNeedsBox: { fr: 'La fibre est disponible; un boîtier doit d’abord être installé à votre adresse.', en: 'Fibre is available; a box must first be installed at your address.' },
  planned: { fr: 'La fibre est prévue à votre adresse.', en: 'Fibre is planned at your address.' },
  notCovered: { fr: 'La fibre n’est pas encore disponible à votre adresse.', en: 'Fibre is not yet available at your address.' },
  contactUs: { fr: 'Écrivez-nous pour connaître les possibilités à votre adresse.', en: 'Contact us about the possibilities at your address.' },
};

/** The sentence for the visitor, in French and English. @example publicMessage('available', 'exact').en // 'Fibre is available at your address.' */
export function publicMessage(availability: Qualification['availability'], match: Match): Said {
  if (match === 'choose') return CHOOSE;
  if (match === 'streetOnly') return NUMBER;
  return BY_ANSWER[availability];
}
