import fc from 'fast-check';
import { checkFibrePath, defaultTopologyPolicy, type FibrePath } from './checkFibrePath.ts';
import { gponClassBPlus, opticalBudget } from './opticalBudget.ts';

const ont = { kind: 'interface', name: 'pon', device: 'ont-1', role: 'ont' } as const;
const pon3 = { kind: 'interface', name: 'pon-3', device: 'olt-1', role: 'olt' } as const;
const cable = (id: number, metres: number | null = 1_000, status = 'connected') => ({ id, status, metres });
const whole: FibrePath = { start: ont, cables: [cable(1, 80), cable(2, 3_920)], splitters: [{ device: 'split-1', ratio: 32, leg: 7 }], end: pon3, split: false, reachable: true };
const refused = (path: FibrePath, expected = {}) => {
  const verdict = checkFibrePath(path, expected);
  return verdict.type === 'refused' ? verdict.code : verdict.type;
};

describe('checkFibrePath', () => {
  test('[S0-114] a whole path says where it ends, by which legs, and how much light is left', () => {
    expect(checkFibrePath(whole, { olt: 'OLT-1', oltPort: 'pon-3', rxDbm: -16.1 })).toMatchObject({
      type: 'accepted', value: { olt: 'olt-1', oltPort: 'pon-3', stages: 1, outputs: 32, legs: ['split-1:7'], metres: 4_000, budget: { lossDb: 19.1, expectedRxDbm: -16.1, offPlanDb: 0 }, policyVersion: 'topology/1' },
    });
  });
  test.each([
    ['nothing plugged in', { ...whole, cables: [], end: null }, {}, 'notCabled'],
    ['an end that leads nowhere', { ...whole, end: { ...pon3, kind: 'rearPort' } }, {}, 'dangling'],
    ['traced from the OLT, stopped by the splitter', { ...whole, start: pon3, end: { ...pon3, kind: 'rearPort', device: 'split-1', name: 'in' }, split: true }, {}, 'splitPath'],
    ['traced from the OLT, no splitter in between', { ...whole, start: pon3, end: ont, splitters: [] }, {}, 'startsAtOlt'],
    ['a switch at the end', { ...whole, end: { ...pon3, role: 'switch' } }, {}, 'notAnOlt'],
    ['another OLT', whole, { olt: 'olt-2' }, 'wrongOlt'],
    ['another port', whole, { oltPort: 'pon-4' }, 'wrongOltPort'],
    ['a cable that is only planned', { ...whole, cables: [cable(1), cable(2, 9, 'planned')] }, {}, 'plannedCable'],
    ['three splitters', { ...whole, splitters: [2, 2, 2].map((ratio) => ({ device: 's', ratio, leg: 1 })) }, {}, 'tooManyStages'],
    ['a PON for 1024', { ...whole, splitters: [32, 32].map((ratio) => ({ device: 's', ratio, leg: 1 })) }, {}, 'tooManyOutputs'],
    ['ends the inventory does not connect', { ...whole, reachable: false }, {}, 'notReachable'],
    ['darker than planned', whole, { rxDbm: -22 }, 'weakerThanPlanned'],
    ['40 km', { ...whole, cables: [cable(1, 40_000)] }, {}, 'overBudget'],
    ['no path at all', { start: undefined } as never, {}, 'badInput'],
  ] as const)('[S0-114] %s', (_title, path, expected, code) => {
    expect(refused(path as FibrePath, expected)).toBe(code);
  });
  test('a port is meant by its name, its number, or the number VOLTHA has for it', () => {
    for (const oltPort of ['pon-3', 'PON-3 ', '3', 3, 536_870_915]) expect(refused(whole, { oltPort })).toBe('accepted');
    for (const oltPort of ['pon-33', '33', 13, 536_870_916, 'pon']) expect(refused(whole, { oltPort })).toBe('wrongOltPort');
  });
  test('what is wrong comes with where: the cable, the end', () => {
    expect(checkFibrePath({ ...whole, cables: [cable(8, 1, 'decommissioning')] })).toMatchObject({ path: 'cables', facts: { cables: [{ id: 8, status: 'decommissioning' }] } });
    expect(checkFibrePath({ ...whole, end: { ...pon3, kind: 'frontPort', device: 'split-1', name: 'out-7' } })).toMatchObject({ facts: { at: { device: 'split-1', port: 'out-7' } }, hint: expect.any(String) });
  });
  test('another role may be the OLT', () => {
    const policy = { ...defaultTopologyPolicy, oltRoles: ['headend'] };
    expect(checkFibrePath({ ...whole, end: { ...pon3, role: 'headend' } }, {}, policy).type).toBe('accepted');
    expect(checkFibrePath(whole, {}, policy)).toMatchObject({ code: 'notAnOlt' });
  });
});

describe('opticalBudget', () => {
  test('[S0-114] length and splitters of the reference give its loss; two stages add up', () => {
    expect(opticalBudget({ metres: 10_000, cables: 0, splitters: [8] })).toMatchObject({ value: { fibreDb: 3.5, splitterDb: 10.5, lossDb: 14, marginDb: 14, expectedRxDbm: -11 } });
    expect(opticalBudget({ metres: 0, cables: 0, splitters: [4, 16] })).toMatchObject({ value: { splitterDb: 20.8 } });
  });
  test.each([
    [-30, 'noReading'], [-27.01, 'lightTooWeak'], [-7.9, 'lightTooStrong'], [-19.5, 'weakerThanPlanned'], [-13, 'strongerThanPlanned'], [-19.4, 'accepted'], [-13.4, 'accepted'],
  ])('%d dBm behind 1:32 is %s', (rxDbm, code) => {
    const verdict = opticalBudget({ metres: 4_000, cables: 3, splitters: [32], rxDbm });
    expect(verdict.type === 'refused' ? verdict.code : verdict.type).toBe(code);
  });
  test('a cable without a length makes the loss a least: darker proves nothing, brighter still does', () => {
    const span = { metres: 0, cables: 3, splitters: [32], unmeasured: 1 };
    expect(opticalBudget({ ...span, rxDbm: -25 })).toMatchObject({ type: 'accepted', because: expect.arrayContaining([expect.stringContaining('no length')]) });
    expect(opticalBudget({ ...span, rxDbm: -10 })).toMatchObject({ code: 'strongerThanPlanned' });
  });
  test('a splitter nobody described and a length that is none are refused', () => {
    expect(opticalBudget({ metres: 1, cables: 1, splitters: [7] })).toMatchObject({ code: 'unknownSplitter', path: 'splitters' });
    for (const metres of [-1, Number.NaN, '4' as never]) expect(opticalBudget({ metres, cables: 1, splitters: [] })).toMatchObject({ code: 'badInput', path: 'metres' });
  });
  test('the parts make the whole, and a longer way never loses less', () => {
    const ratio = fc.constantFrom(...Object.keys(gponClassBPlus.splitterDb).map(Number));
    const roomy = { ...gponClassBPlus, budgetDb: 1_000 };
    fc.assert(fc.property(fc.integer({ min: 0, max: 60_000 }), fc.nat(20), fc.array(ratio, { maxLength: 3 }), fc.nat(5_000), (metres, cables, splitters, more) => {
      const [short, long] = [metres, metres + more].map((length) => opticalBudget({ metres: length, cables, splitters }, roomy));
      if (short!.type !== 'accepted' || long!.type !== 'accepted') throw new Error('refused');
      const { fibreDb, splitterDb, cableDb, lossDb, marginDb } = short!.value;
      expect(lossDb).toBeCloseTo(fibreDb + splitterDb + cableDb, 6);
      expect(marginDb).toBeCloseTo(1_000 - lossDb, 6);
      expect(long!.value.lossDb).toBeGreaterThanOrEqual(lossDb);
    }));
  });
});
