import type { NoticeTrigger } from './noticeFacts.ts';
import { email, type Ways } from './noticeWords.ts';

/** What the operator's own people are told. */
export const staffMessages = {
  newInstallationJob: {
    chat: (f) => {
      const dates = f.days('preferredDates');
      return { text: f.say(
        `Nouvelle installation ${f.text('orderId')} à ${f.text('city')}: ${f.text('summary')}. ${dates.length ? `Dates souhaitées: ${dates.join('; ')}.` : 'Le client attend un appel.'}`,
        `New installation job ${f.text('orderId')} in ${f.text('city')}: ${f.text('summary')}. ${dates.length ? `Preferred dates: ${dates.join('; ')}.` : 'The customer waits for a call.'}`) };
    },
  },
  newLead: {
    email: (f) => email(f.say(`Nouvelle demande: ${f.text('interest')}`, `New lead: ${f.text('interest')}`), [
      f.say(`Quelqu’un a laissé ses coordonnées (${f.text('leadId')}).`, `Someone left their contact (${f.text('leadId')}).`),
      [[f.say('Adresse', 'Address'), f.text('address')], [f.say('Zone d’expansion', 'Expansion zone'), f.textOrNull('zone') ?? '–']],
    ]),
  },
  salesLead: {
    chat: (f) => ({ text: f.say(
      `Client intéressé dans la zone ${f.text('zone')} (${f.text('municipality')}): ${f.text('interest')}. Piste ${f.text('leadId')}.`,
      `Interested customer in expansion zone ${f.text('zone')} (${f.text('municipality')}): ${f.text('interest')}. Lead ${f.text('leadId')}.`) }),
  },
  businessQuote: {
    email: (f) => email(f.say(`Soumission fibre entreprise - ${f.text('address')}`, `Business fibre quote - ${f.text('address')}`), [
      f.say(`Une entreprise demande une soumission (${f.text('issueId')}).`, `A business asks for a quote (${f.text('issueId')}).`),
      [
        [f.say('Entreprise', 'Company'), f.text('company')],
        [f.say('Adresse', 'Address'), f.text('address')],
        [f.say('Contact', 'Contact'), f.text('contactName')],
        [f.say('Courriel', 'E-mail'), f.text('contactEmail')],
        [f.say('Téléphone', 'Phone'), f.textOrNull('contactPhone') ?? '–'],
        [f.say('Besoin', 'Need'), f.text('need')],
      ],
    ]),
  },
  unknownDevice: {
    chat: (f) => ({ text: f.say(
      `Appareil inconnu ${f.text('serial')} (${f.text('productClass')}) depuis ${f.textOrNull('ip') ?? 'une adresse inconnue'}. Ticket: ${f.textOrNull('issueId') ?? 'aucun'}.`,
      `Unknown device ${f.text('serial')} (${f.text('productClass')}) from ${f.textOrNull('ip') ?? 'an unknown address'}. Issue: ${f.textOrNull('issueId') ?? 'none'}.`) }),
  },
  // In the words of whoever set up the watch.
  networkFinding: { chat: (f) => ({ text: `${f.say('Réseau', 'Network')}: ${f.text('what')}: ${f.text('where')}. ${f.text('detail')}` }) },
  fallout: {
    chat: (f) => ({ text: f.say(
      `Commande ${f.text('orderId')} arrêtée à ${f.text('step')} (${f.text('owner')}): ${f.text('message')} ${f.text('hint')}`,
      `Order ${f.text('orderId')} stopped at ${f.text('step')} (${f.text('owner')}): ${f.text('message')} ${f.text('hint')}`) }),
  },
} satisfies Partial<Record<NoticeTrigger, Ways>>;
