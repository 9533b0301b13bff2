import type { Facts } from './factReader.ts';
import type { NoticeTrigger } from './noticeFacts.ts';
import { email, hello, type Ways, type Words } from './noticeWords.ts';

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

/** What customers and visitors are told. */
export const customerMessages = {
  orderConfirmed: {
    sms: (f) => {
      f.text('orderId');
      const on = f.dayOrNull('installOn');
      return { text: on === null ? f.say('Commande confirmée! Nous vous appellerons pour fixer la date d’installation.', 'Order confirmed! We will call you to set the installation date.')
        : f.say(`Commande confirmée! Installation prévue le ${on}.`, `Order confirmed! Installation planned for ${on}.`) };
    },
    email: orderSummary,
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
  orderDelayed: {
    sms: (f) => ({ text: f.say(`Votre commande ${f.text('orderId')} prend du retard. Nous y travaillons et vous tiendrons au courant.`, `Your order ${f.text('orderId')} is delayed. We are working on it and will keep you informed.`) }),
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
  coverageArrived: {
    sms: (f) => ({ text: f.say(`Bonne nouvelle! La fibre est maintenant offerte au ${f.text('address')}.`, `Good news! Fibre is now available at ${f.text('address')}.`) }),
    email: (f) => email(f.say('La fibre est arrivée à votre adresse', 'Fibre has reached your address'), [
      f.say(`Bonne nouvelle! La fibre est maintenant offerte au ${f.text('address')}. Vous pouvez commander dès aujourd’hui.`, `Good news! Fibre is now available at ${f.text('address')}. You can order today.`),
    ]),
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
} satisfies Partial<Record<NoticeTrigger, Ways>>;
