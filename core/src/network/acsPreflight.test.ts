import { acsFacts, acsPlan, acsStart } from './acsMigration.testkit.ts';
import { acsPreflight, type AcsDeviceFacts } from './acsPreflight.ts';

test('[acs-42] a device that may go: accepted with what is to be put back later', () => {
  expect(acsPreflight(acsFacts, acsPlan, acsStart)).toMatchObject({ type: 'accepted', value: { url: acsFacts.url, intervalSeconds: 300, connectionRequestUsername: 'own' } });
});
test.each<[Partial<AcsDeviceFacts>, string]>([
  [{ sameSerial: 2 }, 'serialTwice'], [{ serial: 'RC.MG>1' }, 'serialUnusable'], [{ serial: 'a b' }, 'serialUnusable'], [{ lastInform: null }, 'silent'], [{ lastInform: '2026-03-31T12:59:59.000Z' }, 'silent'], [{ openFaults: 1 }, 'faults'], [{ openTasks: 3 }, 'tasks'],
  [{ productClass: 'Unknown' }, 'modelUnknown'], [{ url: null }, 'urlUnknown'], [{ url: '' }, 'urlUnknown'], [{ urlWritable: false }, 'urlReadOnly'], [{ url: acsPlan.target.url }, 'alreadyMoved'], [{ inNew: 'online' }, 'alreadyThere'],
])('%j is refused as %s, with what to do', (change, code) => {
  expect(acsPreflight({ ...acsFacts, ...change }, acsPlan, acsStart)).toMatchObject({ type: 'refused', code, hint: expect.stringMatching(/\S/) });
});
test('every reason is told at once', () => {
  const answer = acsPreflight({ ...acsFacts, sameSerial: 2, openTasks: 1, url: null }, acsPlan, acsStart);
  expect(answer).toMatchObject({ code: 'serialTwice', facts: { problems: [{ code: 'serialTwice' }, { code: 'tasks' }, { code: 'urlUnknown' }] } });
});
test('a model is known by class and name together; unknown ones go where the policy allows it', () => {
  const device = { ...acsFacts, oui: '1C61B4', productClass: 'Device2', modelName: null };
  expect(acsPreflight(device, acsPlan, acsStart)).toMatchObject({ code: 'modelUnknown', message: 'Several models share this product class.' });
  expect(acsPreflight({ ...device, modelName: 'XX230v' }, acsPlan, acsStart).type).toBe('accepted');
  expect(acsPreflight({ ...device, modelName: 'XX230v' }, { ...acsPlan, profiles: [] }, acsStart)).toMatchObject({ code: 'modelUnknown' });
  expect(acsPreflight(device, { ...acsPlan, policy: { ...acsPlan.policy, unknownModels: 'allow' } }, acsStart).type).toBe('accepted');
});
