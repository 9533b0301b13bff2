import type { Facts } from './factReader.ts';
import type { NoticeChannel, NoticeTrigger } from './noticeFacts.ts';

interface Words {
  readonly subject?: string;
  readonly text: string;
  readonly html?: string;
}
type Template = (facts: Facts) => Words;

/** Each paragraph is a sentence, or rows of two columns. */
type Block = string | readonly (readonly [string, string])[];

const escape = (text: string): string => text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);

/** One e-mail as text and as HTML, from the same words. */
function email(subject: string, blocks: readonly Block[]): Words {
  const text = blocks.map((block) => (typeof block === 'string' ? block : block.map(([left, right]) => `${left}: ${right}`).join('\n'))).join('\n\n');
  const html = blocks
    .map((block) => (typeof block === 'string' ? `<p>${escape(block)}</p>` : `<table>${block.map(([left, right]) => `<tr><td>${escape(left)}</td><td align="right">${escape(right)}</td></tr>`).join('')}</table>`))
    .join('\n');
  return { subject, text, html };
}

const hello = (f: Facts): string => f.say(`Bonjour ${f.text('customerName')},`, `Hello ${f.text('customerName')},`);

function orderSummary(f: Facts): Words {
  const on = f.dayOrNull('installOn');
  const rows = f.list('lines').map((line): readonly [string, string] => [
    `${line.text('label')}${line.text('charge') === 'mrc' ? f.say(' (par mois)', ' (monthly)') : f.say(' (une fois)', ' (once)')}`,
    line.amount('amountMinor'),
  ]);
  return email(f.say(`Votre commande ${f.text('orderId')} est confirmée`, `Your order ${f.text('orderId')} is confirmed`), [
    hello(f),
    on === null ? f.say('Merci! Nous vous appellerons pour fixer la date d’installation.', 'Thank you! We will call you to set the installation date.')
      : f.say(`Merci! Installation prévue le ${on}.`, `Thank you! Your installation is planned for ${on}.`),
    [[f.say('Adresse', 'Address'), f.text('address')]],
    [...rows, [f.say('Taxes', 'Taxes'), f.amount('taxMinor')], [f.say('Payé', 'Paid'), f.amount('totalMinor')]],
    f.say('Votre première facture commence le jour de l’activation; ce paiement y sera appliqué.', 'Your first bill starts on the day of activation; this payment will be applied to it.'),
  ]);
}

/** All messages: trigger, then the ways it may leave. */
export const noticeTemplates: Readonly<Record<NoticeTrigger, Partial<Readonly<Record<NoticeChannel, Template>>>>> = {
  orderConfirmed: {
    sms: (f) => {
      f.text('orderId');
      const on = f.dayOrNull('installOn');
      return { text: on === null ? f.say('Commande confirmée! Nous vous appellerons pour fixer la date d’installation.', 'Order confirmed! We will call you to set the installation date.')
        : f.say(`Commande confirmée! Installation prévue le ${on}.`, `Order confirmed! Installation planned for ${on}.`) };
    },
    email: orderSummary,
  },
  newInstallationJob: {
    chat: (f) => {
      const dates = f.days('preferredDates');
      return { text: f.say(
        `Nouvelle installation ${f.text('orderId')} à ${f.text('city')}: ${f.text('summary')}. ${dates.length ? `Dates souhaitées: ${dates.join('; ')}.` : 'Le client attend un appel.'}`,
        `New installation job ${f.text('orderId')} in ${f.text('city')}: ${f.text('summary')}. ${dates.length ? `Preferred dates: ${dates.join('; ')}.` : 'The customer waits for a call.'}`) };
    },
  },
  technicianEnRoute: {
    sms: (f) => {
      f.text('orderId');
      const eta = f.wholeOrNull('etaMinutes');
      return { text: eta === null ? f.say('Technicien en route.', 'Technician on the way.') : f.say(`Technicien en route. Arrivée dans environ ${eta} minutes.`, `Technician on the way. Arrival in about ${eta} minutes.`) };
    },
  },
  serviceActivated: {
    sms: (f) => {
      f.text('orderId');
      return { text: f.say('Service activé! Bienvenue.', 'Service activated! Welcome.') };
    },
    email: (f) => email(f.say('Service activé!', 'Service activated!'), [
      hello(f),
      f.say('Votre service fonctionne:', 'Your service is working:'),
      f.texts('services').map((service): readonly [string, string] => [service, '✓']),
      f.say(`Votre commande: ${f.text('orderId')}.`, `Your order: ${f.text('orderId')}.`),
    ]),
  },
  notAvailable: {
    email: (f) => email(f.say('La fibre n’est pas encore disponible', 'Fibre is not available yet'), [
      f.say(`La fibre n’est pas encore disponible à votre adresse: ${f.text('address')}.`, `Fibre is not yet available at your address: ${f.text('address')}.`),
      f.say(`La téléphonie l’est, par toute connexion: ${f.link('phoneUrl')}`, `Telephone is, over any connection: ${f.link('phoneUrl')}`),
    ]),
    sms: (f) => {
      f.text('address');
      return { text: f.say(`La fibre n’est pas encore disponible à votre adresse. Forfaits téléphonie: ${f.link('phoneUrl')}`, `Fibre is not yet available at your address. Phone plans: ${f.link('phoneUrl')}`) };
    },
  },
  leadCaptured: {
    sms: (f) => {
      f.text('address');
      return { text: f.say('C’est noté! Nous vous aviserons dès que la fibre arrive à votre adresse.', 'Noted! We will tell you as soon as fibre reaches your address.') };
    },
    email: (f) => email(f.say('Nous vous aviserons', 'We will let you know'), [
      f.say(`C’est noté! Nous vous aviserons dès que la fibre arrive au ${f.text('address')}.`, `Noted! We will tell you as soon as fibre reaches ${f.text('address')}.`),
    ]),
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
  fallout: {
    chat: (f) => ({ text: f.say(
      `Commande ${f.text('orderId')} arrêtée à ${f.text('step')} (${f.text('owner')}): ${f.text('message')} ${f.text('hint')}`,
      `Order ${f.text('orderId')} stopped at ${f.text('step')} (${f.text('owner')}): ${f.text('message')} ${f.text('hint')}`) }),
  },
};
