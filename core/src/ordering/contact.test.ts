import fc from 'fast-check';
import { checkEmail } from './checkEmail.ts';
import { checkPhone } from './checkPhone.ts';

test.each([['notanemail'], ['@example.com'], ['user@'], ['user@.com'], [''], [' '], ['a b@example.com'], ['user@example'], ['user@-x.com'], ['user@x..com'], ['.u@x.com'], ['u..v@x.com'], ['user@x.com, b@y.com'], ['user@127.0.0.1'], [null], [3], [`${'a'.repeat(65)}@x.com`], ['u@x.com\nBcc: v@y.com']])('[S0-131] %p is no e-mail address', (text) => {
  const said = checkEmail(text);
  expect(said).toMatchObject({ type: 'refused', code: 'emailInvalid', path: 'customer.email' });
  if (typeof text === 'string' && text.trim().length > 5) expect(JSON.stringify(said)).not.toContain(text);
});

test.each([['jean@example.ca'], ['J.O\'Neil+fibre@mail.example.co.uk'], [' Marie@EXAMPLE.ca '], ['a@québec.ca'], ['x_1@xn--qubec-csa.ca']])('[S0-131] %s is one', (text) => {
  const said = checkEmail(text);
  expect(said.type).toBe('accepted');
  if (said.type === 'accepted') expect(said.value.split('@')[1]).toBe(text.trim().split('@')[1]!.toLowerCase());
});

test.each([['514 555-0123'], ['(514) 555-0123'], ['1-514-555-0123'], ['+1 514.555.0123'], ['5145550123']])('%s is +15145550123', (text) => {
  expect(checkPhone(text)).toMatchObject({ type: 'accepted', value: '+15145550123' });
});

test.each([['555-0123'], ['114 555 0123'], ['514 155 0123'], ['911 555 0123'], ['514 911 0123'], ['514 555 01234'], ['514-FIBRE-01'], ['+1 14 555'], [''], [null], [5145550123], ['514 555 0123 poste 4']])('%p cannot be called', (text) => {
  expect(checkPhone(text)).toMatchObject({ type: 'refused', code: 'phoneInvalid' });
});

test('numbers abroad need their +, and a normalised number reads as itself', () => {
  expect(checkPhone('+33 1 23 45 67 89')).toMatchObject({ value: '+33123456789' });
  expect(checkPhone('33 1 23 45 67 89').type).toBe('refused');
  fc.assert(fc.property(fc.integer({ min: 2_000_000_000, max: 9_999_999_999 }), (n) => {
    const said = checkPhone(String(n));
    if (said.type === 'accepted') expect(checkPhone(said.value)).toEqual(said);
  }));
});
