import fc from 'fast-check';
import { radiusChange } from './radiusChange.ts';
import { defaultGardenPolicy, radiusGarden } from './radiusGarden.ts';
import { radiusProfile, type NasVendor } from './radiusProfile.ts';
import { readRates } from './readRates.ts';
import { usageByDay, type CounterSample } from './usageByDay.ts';

const pairs = (vendor: NasVendor, downKbps: number, upKbps: number) => {
  const answer = radiusProfile({ sku: 'FTTH', downKbps, upKbps }, vendor);
  if (answer.type === 'refused') throw new Error(answer.code);
  return answer.value.attributes.map(({ attribute, value }) => [attribute, value] as const);
};

describe('readRates', () => {
  const speed = fc.integer({ min: 1, max: 4_294_967 });
  test.each(['mikrotik', 'wispr', 'huawei', 'nokia'] as const)('[S0-101] [access-33] what %s is told reads back as the plan, whichever the rates', (vendor) => {
    fc.assert(fc.property(speed, speed, (downKbps, upKbps) => expect(readRates(pairs(vendor, downKbps, upKbps))).toEqual({ downKbps, upKbps })));
  });
  test('[S0-101] Junos is told the speed to the subscriber in numbers, the other by name; Cisco both by name', () => {
    expect(readRates(pairs('juniper', 150_000, 20_000))).toEqual({ downKbps: 150_000, upKbps: null });
    expect(readRates(pairs('cisco', 150_000, 20_000))).toBeNull();
  });
  test('bursts behind the rates are not rates; the last of two counts', () => {
    expect(readRates([['Mikrotik-Rate-Limit', '1M/1M'], ['Mikrotik-Rate-Limit', '20M/150M 40M/300M 10M/75M 8/8 8 2M/15M']])).toEqual({ downKbps: 150_000, upKbps: 20_000 });
    expect(readRates([['Mikrotik-Rate-Limit', 'garbage']])).toBeNull();
  });
});

describe('radiusGarden', () => {
  test('[S0-85] each reason has its own list and group; the default reason keeps the plain name', () => {
    expect(radiusGarden('nonPayment')).toMatchObject({ value: { group: 'walled-garden', list: 'walled-garden' } });
    const abuse = radiusGarden('abuse');
    expect(abuse).toMatchObject({ value: { group: 'walled-garden:abuse', restore: [{ attribute: 'Mikrotik-Address-List', value: 'active' }, { attribute: 'Filter-Id', value: 'active' }] } });
    if (abuse.type === 'refused') throw new Error();
    expect(abuse.value.reply.map(({ attribute, value }) => `${attribute}=${value}`)).toEqual(['Mikrotik-Rate-Limit=512k/512k', 'Mikrotik-Address-List=walled-garden-abuse', 'Filter-Id=walled-garden-abuse', 'Session-Timeout=900']);
  });
  test.each(['', 'whim', 'toString', '__proto__'])('a reason the policy does not know (%j) is refused', (reason) => {
    expect(radiusGarden(reason)).toMatchObject({ type: 'refused', code: 'unknownReason', hint: expect.stringContaining('nonPayment') });
  });
  test('a policy without a speed is refused', () => {
    expect(radiusGarden('abuse', { ...defaultGardenPolicy, downKbps: 0 })).toMatchObject({ code: 'badInput' });
  });
});

describe('radiusChange', () => {
  const login = [['Mikrotik-Rate-Limit', '512k/512k'], ['Mikrotik-Address-List', 'walled-garden'], ['Filter-Id', 'walled-garden'], ['Framed-IP-Address', '100.64.0.10'], ['Session-Timeout', '900']] as const;
  test('[access-43] only what a running session can be changed by, in the dialect of its router', () => {
    expect(radiusChange(login, [], 'mikrotik')).toEqual([['Mikrotik-Rate-Limit', '512k/512k'], ['Mikrotik-Address-List', 'walled-garden']]);
    expect(radiusChange(login, [], 'huawei')).toEqual([['Filter-Id', 'walled-garden']]);
    expect(radiusChange(login, [])).toHaveLength(3);
    expect(radiusChange([['ERX-Service-Activate:1', 'svc']], [], 'juniper')).toHaveLength(1);
  });
  test('what the login no longer says is undone by what was kept, and only that', () => {
    const kept = [['Mikrotik-Address-List', 'active'], ['Filter-Id', 'active'], ['Mikrotik-Rate-Limit', '1M/1M']] as const;
    expect(radiusChange([['Mikrotik-Rate-Limit', '20M/150M']], kept, 'mikrotik')).toEqual([['Mikrotik-Rate-Limit', '20M/150M'], ['Mikrotik-Address-List', 'active']]);
  });
});

describe('usageByDay', () => {
  const april = { from: '2026-04-01T04:00:00Z', to: '2026-05-01T04:00:00Z' };
  const sample = (at: string, up: string, down = '0', session = 'S1'): CounterSample => ({ session, at, uploadOctets: up, downloadOctets: down });
  test('[S0-102] [access-35] a session over midnight is split by its samples; counters are exact beyond 2^53', () => {
    expect(usageByDay([sample('2026-04-02T03:00:00Z', '0'), sample('2026-04-02T04:00:00Z', '9007199254740993'), sample('2026-04-02T05:00:00Z', '9007199254740996', '7')], april, 'America/Toronto')).toMatchObject({
      value: { uploadOctets: '9007199254740996', downloadOctets: '7', days: [{ day: '2026-04-01', uploadOctets: '9007199254740993', downloadOctets: '0' }, { day: '2026-04-02', uploadOctets: '3', downloadOctets: '7' }] },
    });
  });
  test('[access-35] the cycle is half-open: what is reported at its start was before, at its end is in it', () => {
    const edge = [sample('2026-04-01T03:00:00Z', '0'), sample('2026-04-01T04:00:00Z', '1'), sample('2026-05-01T04:00:00Z', '11'), sample('2026-05-01T04:00:01Z', '111')];
    expect(usageByDay(edge, april, 'America/Toronto')).toMatchObject({ value: { uploadOctets: '10', days: [{ day: '2026-04-30' }] } });
  });
  test('a counter that fell began anew; sessions do not mix; order does not matter', () => {
    const mixed = [sample('2026-04-03T02:00:00Z', '5'), sample('2026-04-03T00:00:00Z', '100'), sample('2026-04-03T00:00:00Z', '1', '0', 'S2'), sample('2026-04-03T01:00:00Z', '2', '0', 'S2')];
    expect(usageByDay(mixed, april, 'UTC')).toMatchObject({ value: { uploadOctets: '6' } });
  });
  test('the days make the whole, and a zone only moves the borders', () => {
    const minute = fc.integer({ min: 0, max: 40_000 });
    fc.assert(fc.property(fc.array(fc.tuple(minute, fc.bigInt(0n, 2n ** 60n)), { maxLength: 20 }), (steps) => {
      const samples = steps.map(([at, octets]) => sample(new Date(Date.parse(april.from) + at * 60_000).toISOString(), String(octets)));
      const [toronto, tokyo] = ['America/Toronto', 'Asia/Tokyo'].map((zone) => usageByDay(samples, april, zone));
      if (toronto!.type === 'refused' || tokyo!.type === 'refused') throw new Error();
      expect(String(toronto!.value.days.reduce((sum, day) => sum + BigInt(day.uploadOctets), 0n))).toBe(toronto!.value.uploadOctets);
      expect(tokyo!.value.uploadOctets).toBe(toronto!.value.uploadOctets);
    }));
  });
  test.each([[{ ...april, to: april.from }, 'UTC', []], [april, 'Mars/Olympus', []], [april, 'UTC', [sample('yesterday', '1')]], [april, 'UTC', [sample('2026-04-02T00:00:00Z', '1e3')]]])('bad input %# is refused', (period, zone, samples) => {
    expect(usageByDay(samples, period, zone)).toMatchObject({ code: 'badInput', hint: expect.any(String) });
  });
});
