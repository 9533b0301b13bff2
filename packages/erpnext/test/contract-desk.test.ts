// What people do in Desk, done by the client: lists of users, tags, finding one document, choosing a doctype.
import { bench, customer, failure, onSandbox, person, type Bench } from './site.ts';

let b: Bench;
beforeAll(async () => { b = await bench(); });
afterAll(() => b.close());
beforeEach(() => b.world?.clearFaults());
const [luc, nadia] = ['luc@gigafibre.example', 'nadia@gigafibre.example'];
const todos = (name: string) => b.site.docs('ToDo').filter((row) => row['reference_name'] === name);
const issue = async () => (await b.erp.documents.ensure('Issue', b.key('issue'), { subject: 'Câble au sol' })).name;

describe('assigning', () => {
  onSandbox('[S1-103] each user gets it once, with what is to be done; who has it keeps it (sandbox only: its users)', async () => {
    const name = await issue();
    expect(await b.erp.documents.assign('Issue', name, [luc], { description: 'Voir sur place', priority: 'High', dueOn: '2026-04-09' })).toEqual([{ user: luc, todo: expect.any(String), created: true }]);
    expect(await b.erp.documents.assign('Issue', name, [luc, ` ${nadia} `, nadia])).toMatchObject([{ user: luc, created: false }, { user: nadia, created: true }]);
    expect(todos(name)).toMatchObject([{ allocated_to: luc, description: 'Voir sur place', priority: 'High', date: '2026-04-09' }, { allocated_to: nadia }]);
    const asked = b.sent.length;
    await b.erp.documents.assign('Issue', name, [luc, nadia]);
    expect(b.sent.slice(asked).every(({ method }) => method === 'GET')).toBe(true);
  });
  onSandbox.each([['resetAfter', 1], ['htmlAfter', 1]])('[S1-103] a lost reply (%s) is looked up (sandbox only: a planted fault)', async (kind, made) => {
    const name = await issue();
    b.world.inject({ system: 'erpnext', method: 'POST', path: 'assign_to.add$', kind } as never);
    expect(await b.erp.documents.assign('Issue', name, [luc])).toMatchObject([{ user: luc, created: true }]);
    expect(todos(name)).toHaveLength(made);
  });
  onSandbox('one that never arrived is unknown, not repeated; a stranger and nobody are refused (sandbox only: a planted fault)', async () => {
    const name = await issue();
    b.world.inject({ system: 'erpnext', method: 'POST', path: 'assign_to.add$', kind: 'resetBefore' });
    expect(await failure(b.erp.documents.assign('Issue', name, [luc]))).toMatchObject({ outcome: 'unknown' });
    expect(todos(name)).toHaveLength(0);
    expect(await failure(b.erp.documents.assign('Issue', name, ['nobody@gigafibre.example', luc]))).toMatchObject({ kind: 'rejectedInput' });
    expect(todos(name)).toHaveLength(0);
    expect(await failure(b.erp.documents.assign('Issue', name, [' ']))).toMatchObject({ kind: 'rejectedInput', outcome: 'notApplied' });
    expect(await failure(b.erp.documents.assign('Issue', 'NO-SUCH', [luc]))).toMatchObject({ kind: 'notFound' });
  });
});

test('a tag is put on and taken off once, and read back', async () => {
  const name = await customer(b);
  expect(await b.erp.documents.setTag('Customer', name, 'VIP', true)).toEqual(['VIP']);
  expect(await b.erp.documents.setTag('Customer', name, 'Fibre', true)).toEqual(['VIP', 'Fibre']);
  const asked = b.sent.length;
  expect(await b.erp.documents.setTag('Customer', name, 'VIP', true)).toEqual(['VIP', 'Fibre']);
  expect(b.sent.length - asked).toBe(1);
  expect(await b.erp.documents.setTag('Customer', name, 'VIP', false)).toEqual(['Fibre']);
  expect(await b.erp.documents.setTag('Customer', name, 'VIP', false)).toEqual(['Fibre']);
  expect(await failure(b.erp.documents.setTag('Customer', name, 'a,b', true))).toMatchObject({ kind: 'rejectedInput' });
});

test('[erp-7] one document is found by what it has; several are refused unless an order says which', async () => {
  const key = b.key('find');
  const [one, two] = [await b.erp.documents.ensure('Customer', `${key}:1`, person(1)), await b.erp.documents.ensure('Customer', `${key}:2`, person(2))];
  const both = [['leadlight_id', 'like', `${key}:%`]] as const;
  expect(await b.erp.documents.find('Customer', [['leadlight_id', '=', `${key}:1`]])).toMatchObject({ name: one.name, customer_type: 'Individual' });
  expect(await b.erp.documents.find('Customer', [['leadlight_id', '=', `${key}:9`]])).toBeUndefined();
  expect(await failure(b.erp.documents.find('Customer', both))).toMatchObject({ kind: 'conflict', detail: { names: [one.name, two.name] } });
  expect((await b.erp.documents.find('Customer', both, { several: 'first', orderBy: 'name desc' }))?.name).toBe(two.name);
  expect(await failure(b.erp.documents.find('Customer', []))).toMatchObject({ kind: 'rejectedInput' });
});

test('[erp-36] doctypes are found without System Manager, which a list of them takes', async () => {
  const names = await b.erp.doctypes('Service');
  expect(names).toEqual(expect.arrayContaining(['Service Equipment', 'Service Location', 'Service Subscription']));
  expect(names).not.toEqual(expect.arrayContaining(['Sales Invoice Item']));
  expect((await b.erp.doctypes('')).length).toBeGreaterThan(20);
});
onSandbox('[erp-36] the list itself is refused without it (sandbox only: the key without System Manager)', async () => {
  expect(await failure(b.erp.documents.list('DocType'))).toMatchObject({ kind: 'unauthorised', detail: { permission: true } });
  expect((await b.client({ key: 'admin' }).documents.list('DocType')).length).toBeGreaterThan(20);
});
