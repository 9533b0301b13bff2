import { renderNotice } from '../care/notices.ts';
import { gigafibreLeads, type LeadContext } from './leadPlan.ts';
import { readLead } from './readLead.ts';

const context: LeadContext = { ...gigafibreLeads, salesUser: 'sales@targo.ca', expansionZones: [{ name: 'Havelock 2027', municipalities: ['Havelock'], postalAreas: ['J0S'] }] };
const form = { choice: 'notify', name: 'Marie Roy', email: 'Marie@Example.ca', phone: '514 555-0111', address: { rue: '12 rang Sainte-Anne', ville: 'Ormstown', zip: 'j0s1k0', rqa_uuid: 'abc' } };
const read = (input: unknown) => {
  const said = readLead(input, context);
  if (said.type === 'refused') throw new Error(`${said.code} ${said.path}`);
  return said.value;
};
const refusal = (input: unknown) => {
  const said = readLead(input, context);
  return said.type === 'refused' ? [said.code, said.path] : said.type;
};

test('[S1-153] [S1-154] "M\'aviser" becomes a Lead with name, contact, address and interest, tagged by area', () => {
  const plan = read(form);
  expect(plan.documents).toEqual([{
    step: 'lead', doctype: 'Lead', key: plan.leadKey, links: {},
    fields: {
      first_name: 'Marie', last_name: 'Roy', email_id: 'Marie@example.ca', mobile_no: '+15145550111', status: 'Lead', request_type: 'Product Enquiry', interest: 'Fibre Waitlist',
      city: 'Ormstown', state: 'QC', country: 'Canada', language: 'fr', rqa_uuid: 'abc', notes: [{ note: '12 rang Sainte-Anne, Ormstown J0S 1K0' }],
    },
  }]);
  expect(plan.tags).toEqual(['Ormstown', 'J0S']);
  expect(plan.leadKey).toMatch(/^wl_[0-9a-z]+$/);
});

test('[S1-154] sales hear of it only when the address lies in a planned zone', () => {
  expect(read(form)).toMatchObject({ notifySales: false, expansionZone: null });
  const plan = read({ ...form, address: { ...form.address, ville: 'HAVELOCK' } });
  expect(plan).toMatchObject({ notifySales: true, expansionZone: 'Havelock 2027' });
  expect(plan.notices.map(({ trigger, to }) => [trigger, to])).toEqual([['newLead', 'support@targo.ca'], ['leadCaptured', 'Marie@example.ca'], ['salesLead', 'sales']]);
  expect(read({ ...form, address: { ...form.address, ville: 'Havelock', zip: 'H2X 1Y4' } }).notifySales).toBe(false);
});

test('every notice of a lead can be written from its facts', () => {
  for (const choice of ['notify', 'phoneOnly', 'business']) for (const notice of read({ ...form, choice, address: { ...form.address, ville: 'Havelock' } }).notices) expect(renderNotice(notice)).toMatchObject({ type: 'accepted' });
});

test('[S1-026] support keeps getting an e-mail for each lead', () => {
  expect(read(form).notices).toContainEqual(expect.objectContaining({ trigger: 'newLead', channel: 'email', to: 'support@targo.ca' }));
});

test('[S1-151] telephone needs no fibre and may be ordered', () => {
  expect(read({ ...form, choice: 'phoneOnly' })).toMatchObject({ mayOrderPhone: true, documents: [{ fields: { interest: 'Phone Anywhere' } }] });
});

test('[S1-152] [S1-155] "Demander une soumission" becomes a Lead and an Issue for sales, without a Lead type ERPNext lacks', () => {
  const plan = read({ ...form, choice: 'business', company: 'Ferme Roy inc.', message: 'Deux bâtiments <b>' });
  const [lead, issue] = plan.documents;
  expect(lead?.fields).toMatchObject({ interest: 'Business Fibre', company_name: 'Ferme Roy inc.', request_type: 'Request for Information' });
  expect(lead?.fields).not.toHaveProperty('type');
  expect(lead?.fields).not.toHaveProperty('market_segment');
  expect(issue).toMatchObject({ doctype: 'Issue', key: `${plan.leadKey}:issue`, links: { lead: 'lead' }, fields: { subject: 'Soumission fibre entreprise - 12 rang Sainte-Anne, Ormstown J0S 1K0', raised_by: 'Marie@example.ca' } });
  expect(String(issue?.fields['description'])).toContain('&lt;b&gt;');
  expect(plan).toMatchObject({ notifySales: true, assignTo: 'sales@targo.ca' });
  expect(plan.notices.at(-1)).toMatchObject({ trigger: 'businessQuote', to: 'sales@targo.ca' });
});

test('the same person at the same address is one lead, however it is typed', () => {
  const again = { ...form, choice: 'business', email: 'marie@EXAMPLE.ca', address: { rue: '12 Rang sainte-anne ', ville: 'ormstown' } };
  expect(read(again).leadKey).toBe(read(form).leadKey);
  expect(read({ ...form, address: { ...form.address, rue: '14 rang Sainte-Anne' } }).leadKey).not.toBe(read(form).leadKey);
  expect(read(form).leadKey).not.toMatch(/marie/i);
});

test('a telephone alone is enough, and ERPNext gets the name it insists on', () => {
  const { name: _name, email: _email, ...silent } = form;
  expect(read(silent).documents[0]?.fields).toMatchObject({ first_name: '+15145550111', mobile_no: '+15145550111' });
});

test.each<[string, unknown, string, string]>([
  ['no contact', { ...form, email: undefined, phone: undefined }, 'contactMissing', 'email'],
  ['a bad e-mail', { ...form, email: 'user@.com' }, 'emailInvalid', 'email'],
  ['a bad telephone', { ...form, phone: '555' }, 'phoneInvalid', 'phone'],
  ['an unknown choice', { ...form, choice: 'buy' }, 'badInput', 'choice'],
  ['no street', { ...form, address: { ville: 'Ormstown' } }, 'badInput', 'address.rue'],
  ['a card number in the message', { ...form, message: 'ma carte 4111 1111 1111 1111' }, 'cardDataRefused', 'message'],
  ['null', null, 'badInput', ''],
])('%s is refused', (_, input, code, path) => {
  expect(refusal(input)).toEqual([code, path]);
});
