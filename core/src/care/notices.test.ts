import fc from 'fast-check';
import type { NoticeChannel, NoticeFacts, NoticeTrigger } from './noticeFacts.ts';
import { noticeChannels, noticeKey, renderNotice } from './notices.ts';
import { smsText } from './smsText.ts';
import { sayAmount, sayDay } from './wording.ts';

const facts: NoticeFacts = {
  orderConfirmed: {
    orderId: 'ord_1', installOn: '2026-04-07', customerName: 'Zoé <b>Côté</b>', address: '12, rue de l’Église', currency: 'CAD',
    lines: [{ label: 'Internet 150', amountMinor: 9995, charge: 'mrc' }, { label: 'Activation', amountMinor: 6995, charge: 'nrc' }, { label: 'Rabais', amountMinor: -1000, charge: 'mrc' }], taxMinor: 3288, totalMinor: 25242,
  },
  newInstallationJob: { orderId: 'ord_1', city: 'Sainte-Clotilde', summary: 'FTTH 150M + TV Standard + Phone', preferredDates: ['2026-04-07', '2026-04-09'] },
  technicianEnRoute: { orderId: 'ord_1', etaMinutes: 25 },
  serviceActivated: { orderId: 'ord_1', customerName: 'Zoé Côté', services: ['Internet 150', 'Télé'] },
  orderDelayed: { orderId: 'ord_1' },
  notAvailable: { address: '12, rue de l’Église', phoneUrl: 'https://example.ca/telephonie' },
  coverageArrived: { address: '12, rue de l’Église' },
  leadCaptured: { address: '12, rue de l’Église' },
  newLead: { leadId: 'wl_1', interest: 'Fibre Waitlist', address: '12, rue de l’Église', zone: null },
  salesLead: { leadId: 'CRM-1', municipality: 'Huntingdon', zone: 'Sud-2027', interest: 'Internet' },
  businessQuote: { issueId: 'ISS-1', company: 'Ferme & Fils', contactName: 'Luc Roy', contactEmail: 'luc@example.ca', contactPhone: null, address: '9, rang 4', need: '1 Gbit/s' },
  unknownDevice: { serial: 'RCMG19E01234', productClass: 'HT803G-W', ip: null, issueId: 'ISS-2' },
  networkFinding: { what: 'Silent for a day', where: 'RCMG19E01234, RCMG19E01235', detail: 'Look at the power first.' },
  fallout: { orderId: 'ord_1', step: 'allocateIp', owner: 'noc', message: 'The pool is full.', hint: 'Widen it.' },
};
const triggers = Object.keys(facts) as NoticeTrigger[];
const render = (trigger: NoticeTrigger, channel: NoticeChannel, more: object = {}, language: 'fr' | 'en' = 'fr') => {
  const answer = renderNotice({ trigger, channel, language, facts: { ...facts[trigger], ...more } as never });
  if (answer.type === 'refused') throw new Error(`${answer.code} ${answer.path}`);
  return answer.value;
};

test('[S1-099] the order is confirmed by SMS, with its day, in one message', () => {
  expect(render('orderConfirmed', 'sms').text).toBe('Commande confirmée! Installation prévue le mardi 7 avril 2026.');
  expect(render('orderConfirmed', 'sms', {}, 'en').text).toBe('Order confirmed! Installation planned for Tuesday, April 7, 2026.');
  expect(render('orderConfirmed', 'sms', { installOn: null }).text).toBe("Commande confirmée! Nous vous appellerons pour fixer la date d'installation.");
});

test('[S1-100] the order summary by e-mail names every line, the taxes and what was paid', () => {
  const { subject, text, html } = render('orderConfirmed', 'email');
  expect(subject).toBe('Votre commande ord_1 est confirmée');
  for (const row of ['Internet 150 (par mois): 99,95\u00a0$', 'Activation (une fois): 69,95\u00a0$', 'Rabais (par mois): -10,00\u00a0$', 'Taxes: 32,88\u00a0$', 'Payé: 252,42\u00a0$']) expect(text).toContain(row);
  expect(html).toContain('Zoé &#60;b&#62;Côté&#60;/b&#62;');
  expect(html).not.toContain('<b>');
  expect(render('orderConfirmed', 'email', {}, 'en').text).toContain('Internet 150 (monthly): $99.95');
});

test('[S1-102] dispatch reads the job in chat, or that the customer is to be called', () => {
  expect(render('newInstallationJob', 'chat').text).toBe('Nouvelle installation ord_1 à Sainte-Clotilde: FTTH 150M + TV Standard + Phone. Dates souhaitées: mardi 7 avril 2026; jeudi 9 avril 2026.');
  expect(render('newInstallationJob', 'chat', { preferredDates: [] }, 'en').text).toContain('waits for a call');
});

test('[S1-114] the technician is on the way', () => {
  expect(render('technicianEnRoute', 'sms').text).toBe('Technicien en route. Arrivée dans environ 25 minutes.');
  expect(render('technicianEnRoute', 'sms', { etaMinutes: null }, 'en').text).toBe('Technician on the way.');
});

test('[S1-118] the service is active', () => {
  expect(render('serviceActivated', 'sms').text).toMatch(/^Service activé!/);
  expect(render('serviceActivated', 'email', {}, 'en')).toMatchObject({ subject: 'Service activated!', text: expect.stringContaining('Internet 150') });
});

test('[S1-150] no fibre yet, with the way to telephone', () => {
  expect(render('notAvailable', 'email').text).toContain('La fibre n’est pas encore disponible à votre adresse');
  expect(render('notAvailable', 'sms').text).toContain('https://example.ca/telephonie');
});

test('[S1-155] the business quote goes to sales with all they need', () => {
  const { subject, html } = render('businessQuote', 'email');
  expect(subject).toBe('Soumission fibre entreprise - 9, rang 4');
  for (const word of ['Ferme &#38; Fils', 'luc@example.ca', '1 Gbit/s', 'ISS-1']) expect(html).toContain(word);
});

test('[S1-138] [S1-154] operations and sales are told in chat', () => {
  expect(render('unknownDevice', 'chat', {}, 'en').text).toBe('Unknown device RCMG19E01234 (HT803G-W) from an unknown address. Issue: ISS-2.');
  expect(render('salesLead', 'chat', {}, 'en').text).toContain('Sud-2027');
  expect(render('fallout', 'chat', {}, 'en').text).toBe('Order ord_1 stopped at allocateIp (noc): The pool is full. Widen it.');
});

test('[S0-90] a customer whose order stopped is told of the delay, without the reasons', () => {
  expect(render('orderDelayed', 'sms').text).toBe('Votre commande ord_1 prend du retard. Nous y travaillons et vous tiendrons au courant.');
  expect(render('orderDelayed', 'sms', {}, 'en').text).toBe('Your order ord_1 is delayed. We are working on it and will keep you informed.');
});

test('what a watch over the network found is told in the words it was given', () => {
  expect(render('networkFinding', 'chat', {}, 'en').text).toBe('Network: Silent for a day: RCMG19E01234, RCMG19E01235. Look at the power first.');
  expect(render('networkFinding', 'chat').text).toMatch(/^Réseau: Silent/);
});

test('a fact that is missing or has the wrong shape is refused with its path, and nothing is quoted', () => {
  const refused = (trigger: NoticeTrigger, channel: NoticeChannel, more: object) => renderNotice({ trigger, channel, language: 'fr', facts: { ...facts[trigger], ...more } as never });
  expect(refused('orderConfirmed', 'sms', { installOn: undefined })).toMatchObject({ type: 'refused', code: 'factMissing', path: 'facts.installOn' });
  expect(refused('orderConfirmed', 'email', { lines: [{ label: 'x', charge: 'mrc', amountMinor: 99.95 }] })).toMatchObject({ path: 'facts.lines[0].amountMinor' });
  expect(refused('orderConfirmed', 'email', { lines: [null] })).toMatchObject({ path: 'facts.lines[0].label' });
  expect(refused('orderConfirmed', 'email', { currency: 'dollars' })).toMatchObject({ path: 'facts.currency' });
  expect(refused('newInstallationJob', 'chat', { preferredDates: ['2026-02-30'] })).toMatchObject({ path: 'facts.preferredDates[0]' });
  expect(refused('notAvailable', 'sms', { phoneUrl: 'javascript:alert(1)' })).toMatchObject({ path: 'facts.phoneUrl' });
  expect(refused('serviceActivated', 'sms', { orderId: ' ' })).toMatchObject({ path: 'facts.orderId' });
  expect(renderNotice({ trigger: 'toString' as never, channel: 'sms', language: 'fr', facts: {} })).toMatchObject({ code: 'unknownTrigger' });
  expect(renderNotice({ trigger: 'fallout', channel: 'sms', language: 'fr', facts: facts.fallout })).toMatchObject({ code: 'noTemplate', path: 'channel', hint: expect.stringContaining('chat') });
  expect(renderNotice({ trigger: 'fallout', channel: 'chat', language: 'de' as never, facts: facts.fallout })).toMatchObject({ code: 'noTemplate', path: 'language' });
  expect(renderNotice({ trigger: 'fallout', channel: 'chat', language: 'fr', facts: null as never })).toMatchObject({ path: 'facts.orderId' });
});

test('every message exists in both languages, differs, and never says undefined or null', () => {
  for (const trigger of triggers) {
    for (const channel of noticeChannels(trigger)) {
      const [fr, en] = [render(trigger, channel), render(trigger, channel, {}, 'en')];
      expect(fr.text).not.toBe(en.text);
      for (const { text, subject, html } of [fr, en]) expect(`${text}${subject}${html}`.replace(/undefinedundefined$/, '')).not.toMatch(/undefined|null|NaN|\[object/);
      expect(fr.subject !== undefined).toBe(channel === 'email');
    }
  }
});

test('[S0-129] one key per trigger, subject and channel', () => {
  expect(noticeKey('serviceActivated', 'ord_1', 'sms')).toBe('notice:serviceActivated:ord_1:sms');
  const keys = triggers.flatMap((trigger) => ['ord_1', 'ord:1', 'ord_1:sms'].flatMap((subject) => (['sms', 'email', 'chat'] as const).map((channel) => noticeKey(trigger, subject, channel))));
  expect(new Set(keys).size).toBe(keys.length);
});

test('whatever people type: no tag in HTML, no second line in a subject, no ping in a chat', () => {
  const nasty = fc.string({ minLength: 1, maxLength: 40, unit: fc.constantFrom('<', '>', '"', "'", '&', '@', '`', '*', '!', '\n', '\r', '\u2028', 'a', 'é') }).filter((text) => /[a-zé]/.test(text));
  fc.assert(fc.property(nasty, (text) => {
    const mail = render('businessQuote', 'email', { company: text, address: text, need: text });
    expect(mail.html!.replace(/<\/?(p|table|tr|td)( align="right")?>/g, '')).not.toMatch(/[<>"']/);
    expect(mail.subject).not.toMatch(/[\r\n\u2028]/);
    expect(render('fallout', 'chat', { message: text }).text).not.toMatch(/<|>|`|\n|@(?!\u200b)/);
  }));
});

test('an SMS keeps to GSM-7 where it can, and keeps its accents whole where it cannot', () => {
  expect(smsText('Rendez-vous le 3 août: ça va, œuf, “Noël” …')).toEqual({ text: 'Rendez-vous le 3 aout: ca va, oeuf, "Noel" ...', encoding: 'GSM-7', segments: 1 });
  expect(smsText('éèàùÉ ñ Ç')).toMatchObject({ text: 'éèàùÉ ñ Ç', encoding: 'GSM-7' });
  expect(smsText('août 光')).toEqual({ text: 'août 光', encoding: 'UCS-2', segments: 1 });
  expect(smsText('a'.repeat(160)).segments).toBe(1);
  expect(smsText('a'.repeat(161)).segments).toBe(2);
  expect(smsText(`${'a'.repeat(159)}€`).segments).toBe(2);
  expect(smsText('光'.repeat(71)).segments).toBe(2);
});

test('every SMS of ours is one GSM-7 message on every day of the year', () => {
  for (let day = 1; day <= 365; day += 1) {
    const installOn = new Date(Date.UTC(2026, 0, day)).toISOString().slice(0, 10);
    for (const language of ['fr', 'en'] as const) expect(smsText(render('orderConfirmed', 'sms', { installOn }, language).text)).toMatchObject({ encoding: 'GSM-7', segments: 1 });
  }
});

test('days and amounts as people say them', () => {
  expect([sayDay('2026-08-01', 'fr'), sayDay('2026-08-01', 'en')]).toEqual(['samedi 1er août 2026', 'Saturday, August 1, 2026']);
  expect(sayAmount(123456789, 'CAD', 'fr')).toBe('1\u00a0234\u00a0567,89\u00a0$');
  expect(sayAmount(-123456, 'CAD', 'en')).toBe('-$1,234.56');
  expect([sayAmount(1500, 'JPY', 'en'), sayAmount(1500, 'KWD', 'fr'), sayAmount(5, 'USD', 'en')]).toEqual(['JPY 1,500', '1,500\u00a0KWD', 'US$0.05']);
});
