import fc from 'fast-check';
import { matchTechnician, type Technician } from './matchTechnician.ts';

const job = { requiredTags: ['Fibre', 'Installation'], preferredDates: ['2026-04-09', '2026-04-07', '2026-04-10'], latitude: 45.12, longitude: -74.35 };
const tech = (id: string, more: Partial<Technician> = {}): Technician => ({ id, tags: ['Fibre', 'Installation'], ...more });
const match = (technicians: readonly Technician[], more = {}) => {
  const said = matchTechnician({ ...job, ...more }, technicians);
  return said.type === 'refused' ? said.code : [said.value.technicianId, said.value.date, said.value.choice];
};

test('[S1-096] only who holds every tag is asked; case and accents do not matter', () => {
  expect(match([tech('ann', { tags: ['Fibre'] }), tech('bob', { tags: ['FIBRE', 'installation', 'Cuivre'] })])).toEqual(['bob', '2026-04-09', 1]);
  expect(match([tech('ann', { tags: ['Fibre'] })])).toBe('noQualifiedTechnician');
});

test('[S1-096] the customer\'s first choice goes before anybody\'s convenience', () => {
  expect(match([tech('ann', { daysOff: ['2026-04-09'] }), tech('bob', { jobs: ['2026-04-09', '2026-04-09', '2026-04-09'] })])).toEqual(['bob', '2026-04-09', 1]);
  expect(match([tech('ann', { daysOff: ['2026-04-09'] })])).toEqual(['ann', '2026-04-07', 2]);
  expect(match([tech('ann', { workingDays: [5] })])).toEqual(['ann', '2026-04-10', 3]);
});

test('[S1-096] then fewest jobs, then nearest, then id', () => {
  expect(match([tech('ann', { jobs: ['2026-04-09'] }), tech('bob')])).toEqual(['bob', '2026-04-09', 1]);
  expect(match([tech('ann', { latitude: 46, longitude: -73 }), tech('bob', { latitude: 45.1, longitude: -74.3 })])).toEqual(['bob', '2026-04-09', 1]);
  expect(match([tech('bob'), tech('ann')])).toEqual(['ann', '2026-04-09', 1]);
});

test('[S1-096] full crews and missing days go back to a person', () => {
  expect(match([tech('ann', { daysOff: job.preferredDates })])).toBe('noTechnicianFree');
  expect(match([tech('ann', { maxJobsPerDay: 1, jobs: job.preferredDates })])).toBe('noTechnicianFree');
  expect(match([tech('ann')], { preferredDates: [] })).toBe('noDates');
});

test('[S1-096] the answer never depends on the order of the list', () => {
  const techs = fc.uniqueArray(fc.record({ id: fc.string({ minLength: 1, maxLength: 3 }), tags: fc.subarray(['Fibre', 'Installation', 'TV']), jobs: fc.array(fc.constantFrom(...job.preferredDates), { maxLength: 5 }) }), { selector: (one) => one.id });
  fc.assert(fc.property(techs, (list) => {
    expect(match([...list].reverse())).toEqual(match(list));
    const said = matchTechnician(job, list);
    if (said.type === 'accepted') expect(list.find((one) => one.id === said.value.technicianId)?.tags).toEqual(expect.arrayContaining(job.requiredTags));
  }));
});
