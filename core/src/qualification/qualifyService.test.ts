import fc from 'fast-check';
import type { DropState } from './drop.ts';
import { qualifyService } from './qualifyService.ts';

const drop = (state: DropState) => ({ state, maxDownMbps: 1500, zone: 'A' });

test.each<[string, Parameters<typeof qualifyService>[0], string, string, boolean]>([
  ['a free drop', { drop: drop('free') }, 'available', 'available', true],
  ['a terminal to build', { drop: drop('boxMissing') }, 'availableNeedsBox', 'availableNeedsBox', false],
  ['an installed ONT', { drop: drop('occupied') }, 'occupied', 'contactUs', false],
  ['someone else at the checkout', { drop: drop('held') }, 'occupied', 'contactUs', false],
  ['a sold drop', { drop: drop('reserved') }, 'occupied', 'contactUs', false],
  ['our own hold', { drop: drop('held'), heldByThisOrder: true }, 'available', 'available', true],
  ['no drop', { drop: null }, 'notCovered', 'notCovered', false],
  ['no drop yet', { drop: null, plannedZone: 'Havelock 2027' }, 'planned', 'planned', false],
])('[S1-025] %s', (_, facts, availability, publicAvailability, canOrder) => {
  expect(qualifyService(facts)).toMatchObject({ type: 'qualified', availability, publicAvailability, canOrder });
});

test('[S1-150] without fibre the visitor reads the sentence of the seed and gets three choices', () => {
  const answer = qualifyService({ drop: null });
  expect(answer.message.fr).toBe("La fibre n'est pas encore disponible à votre adresse");
  expect(answer.otherChoices).toEqual(['notify', 'phoneOnly', 'business']);
});

test('[S1-011] every answer speaks French and English', () => {
  for (const state of ['free', 'held', 'reserved', 'occupied', 'boxMissing'] as const) {
    const { message } = qualifyService({ drop: drop(state) });
    expect(message.fr).not.toBe(message.en);
    expect(message.fr.length * message.en.length).toBeGreaterThan(0);
  }
});

test('what the public may see does not tell a held drop from an installed one, nor any port', () => {
  const open = (state: DropState) => {
    const { publicAvailability, message, otherChoices, maxDownMbps, zone } = qualifyService({ drop: { ...drop(state), port: 5, oltIp: '172.17.16.2', serial: 'RCMG19E01234' } as never });
    return JSON.stringify({ publicAvailability, message, otherChoices, maxDownMbps, zone });
  };
  expect(open('occupied')).toBe(open('held'));
  expect(open('occupied')).toBe(open('reserved'));
  fc.assert(fc.property(fc.constantFrom<DropState>('free', 'held', 'reserved', 'occupied', 'boxMissing'), (state) => expect(open(state)).not.toMatch(/172\.17|RCMG|port/i)));
});
