import fc from 'fast-check';
import { accessProfile, defaultAccessPolicy } from './accessProfile.ts';
import { ontSerial, sameOnt } from './ontSerial.ts';
import { formatPort, parsePort } from './parsePort.ts';
import { radiusProfile, type NasVendor } from './radiusProfile.ts';

const plan = { sku: 'FTTH25', downKbps: 25_000, upKbps: 5_000 };
const hex8 = fc.integer({ min: 0, max: 0xffffffff }).map((n) => n.toString(16).padStart(8, '0'));
const vendor = fc.stringMatching(/^[G-Z][A-Z]{3}$/);

describe('parsePort', () => {
  test('reads frame, slot and port, and the ONT behind a colon; zero is a number', () => {
    expect(parsePort('0/3/12')).toMatchObject({ type: 'accepted', value: { frame: 0, slot: 3, port: 12 } });
    expect(parsePort(' 0/0/0:0 ')).toMatchObject({ value: { frame: 0, slot: 0, port: 0, ontId: 0 } });
  });
  test.each(['', '0/3', '0/3/12/7', '0/3/x', '-1/3/12', '0/3/12:', '0//12', '1e1/0/0', '0/3/1234'])('refuses %j', (text) => {
    expect(parsePort(text)).toMatchObject({ type: 'refused', code: 'badPort' });
  });
  test('reading back what was written is the identity', () => {
    fc.assert(fc.property(fc.record({ frame: fc.nat(99), slot: fc.nat(99), port: fc.nat(255), ontId: fc.option(fc.nat(1023), { nil: undefined }) }), (port) => {
      expect(parsePort(formatPort(port))).toMatchObject({ type: 'accepted', value: JSON.parse(JSON.stringify(port)) });
    }));
  });
});

describe('ontSerial', () => {
  test('[S1-111] a barcode, a label in hex and the system\'s own spelling are one ONT', () => {
    expect(ontSerial('RCMG19E01234')).toMatchObject({ value: { vendor: 'RCMG', serial: 'RCMG19e01234', label: 'RCMG19E01234', hex: '52434D4719E01234' } });
    expect(ontSerial('414C5048E3D1CFAB')).toMatchObject({ value: { serial: 'ALPHe3d1cfab' } });
    expect(sameOnt('alph-e3d1cfab', '41 4C 50 48 E3 D1 CF AB')).toBe(true);
    expect(sameOnt('ALPHe3d1cfab', 'ALPHe3d1cfac')).toBe(false);
  });
  test.each(['', '403F8C123456', 'AB:CD:EF:12:34:56', 'RCMG19E0XXXX', 'RCMG19E012345', '00000000E3D1CFAB', 'RESERVED-ord_1', 'ÀLPHe3d1cfab'])('refuses %j', (text) => {
    expect(ontSerial(text)).toMatchObject({ type: 'refused', code: 'badSerial' });
  });
  test('what cannot be read is the same as nothing, not even as itself', () => {
    expect(sameOnt('nonsense', 'nonsense')).toBe(false);
  });
  test('hex and letters turn into each other, in any case and with any dashes', () => {
    fc.assert(fc.property(vendor, hex8, (maker, rest) => {
      const answer = ontSerial(maker + rest);
      if (answer.type === 'refused') throw new Error(maker + rest);
      expect(ontSerial(answer.value.hex)).toEqual(answer);
      expect(ontSerial(`${maker.toLowerCase()}-${rest.toUpperCase()}`)).toEqual(answer);
    }));
  });
});

describe('accessProfile', () => {
  test('[S1-089] profiles are named after the plan, up from the subscriber and down to the subscriber; the place gives the VLANs', () => {
    expect(accessProfile(plan, { slot: 1, port: 5, ontId: 7 })).toMatchObject({
      type: 'accepted', value: { profileBase: 'FTTH25', upstreamProfile: 'FTTH25_u', downstreamProfile: 'FTTH25_d', upKbps: 5_000, downKbps: 25_000, sVlan: 121, cVlan: 107, techProfileId: 64, policyVersion: 'access/1' },
    });
  });
  test('an OLT with a numbering of its own uses it', () => {
    const policy = { ...defaultAccessPolicy, olts: { 'olt-2': { sVlanBase: 2000, perSlot: 16, perPort: 1, cVlanBase: 10 } } };
    expect(accessProfile(plan, { olt: 'olt-2', slot: 0, port: 3, ontId: 4 }, policy)).toMatchObject({ value: { sVlan: 2003, cVlan: 14 } });
    expect(accessProfile(plan, { olt: 'toString', slot: 0, port: 3, ontId: 4 }, policy)).toMatchObject({ value: { sVlan: 103 } });
  });
  test('a pair outside 1 to 4094, or one that belongs to another card, is refused', () => {
    expect(accessProfile(plan, { slot: 300, port: 0, ontId: 1 })).toMatchObject({ code: 'vlanOutOfRange', path: 'sVlan' });
    expect(accessProfile(plan, { slot: 0, port: 0, ontId: 4000 })).toMatchObject({ code: 'vlanOutOfRange', path: 'cVlan' });
    expect(accessProfile(plan, { slot: 0, port: 16, ontId: 1 })).toMatchObject({ code: 'vlanOutOfRange', path: 'at.port' });
  });
  test.each([[{ ...plan, sku: 'A/B' }, {}], [{ ...plan, upKbps: 0 }, {}], [plan, { slot: -1 }], [plan, { ontId: 1.5 }], [plan, { port: NaN }]])('refuses %j at %j', (bad, at) => {
    expect(accessProfile(bad, { slot: 0, port: 0, ontId: 0, ...at })).toMatchObject({ code: 'badInput' });
  });
  test('two places never share a pair of VLANs', () => {
    const place = fc.record({ slot: fc.nat(17), port: fc.nat(15), ontId: fc.nat(127) });
    fc.assert(fc.property(place, place, (a, b) => {
      const [one, other] = [accessProfile(plan, a), accessProfile(plan, b)];
      if (one.type === 'refused' || other.type === 'refused') throw new Error('refused');
      const same = one.value.sVlan === other.value.sVlan && one.value.cVlan === other.value.cVlan;
      expect(same).toBe(a.slot === b.slot && a.port === b.port && a.ontId === b.ontId);
    }));
  });
});

describe('radiusProfile', () => {
  const values = (kind: NasVendor, given = plan) => {
    const answer = radiusProfile(given, kind);
    if (answer.type === 'refused') throw new Error(answer.code);
    return answer.value.attributes.map(({ attribute, op, value }) => `${attribute} ${op} ${value}`);
  };
  test('[S0-101] MikroTik: rx/tx of the router is upload first, so 25/5 is sold as 5M/25M', () => {
    expect(values('mikrotik')).toEqual(['Mikrotik-Rate-Limit := 5M/25M']);
    expect(values('mikrotik', { ...plan, upKbps: 512 })).toEqual(['Mikrotik-Rate-Limit := 512k/25M']);
  });
  test('[S0-101] each maker\'s own direction and unit', () => {
    expect(values('wispr')).toEqual(['WISPr-Bandwidth-Max-Up := 5000000', 'WISPr-Bandwidth-Max-Down := 25000000']);
    expect(values('huawei')).toEqual(['Huawei-Input-Average-Rate := 5000000', 'Huawei-Output-Average-Rate := 25000000']);
    expect(values('cisco')).toEqual(['Cisco-AVPair += subscriber:sub-qos-policy-in=FTTH25_u', 'Cisco-AVPair += subscriber:sub-qos-policy-out=FTTH25_d']);
    expect(values('juniper')).toEqual(['ERX-Ingress-Policy-Name := FTTH25_u', 'ERX-Egress-Policy-Name := FTTH25_d', 'ERX-CoS-Shaping-Pmt-Type := T02 25m']);
    expect(values('nokia')).toEqual(['Alc-Subsc-Prof-Str := FTTH25', 'Alc-SLA-Prof-Str := FTTH25', 'Alc-Subscriber-QoS-Override += i:q:1:pir=5000', 'Alc-Subscriber-QoS-Override += e:r:rate=25000']);
  });
  test('a rate that does not fit 32 bits is refused, not wrapped; by name it fits', () => {
    const fast = { sku: 'FTTH8G', downKbps: 8_000_000, upKbps: 4_294_967 };
    for (const kind of ['wispr', 'huawei'] as const) expect(radiusProfile(fast, kind)).toMatchObject({ code: 'rateTooHigh', path: 'plan.downKbps' });
    expect(values('mikrotik', fast)).toEqual(['Mikrotik-Rate-Limit := 4294967k/8000M']);
    expect(values('wispr', { ...fast, downKbps: 4_294_967 })).toContain('WISPr-Bandwidth-Max-Down := 4294967000');
  });
  test('an unknown maker, a rate of nothing and a name with a blank are refused', () => {
    expect(radiusProfile(plan, 'acme' as never)).toMatchObject({ code: 'unknownVendor' });
    expect(radiusProfile({ ...plan, upKbps: 0 }, 'mikrotik')).toMatchObject({ code: 'badInput', path: 'plan.upKbps' });
    expect(radiusProfile({ ...plan, sku: "x'; --" }, 'mikrotik')).toMatchObject({ code: 'badInput', path: 'plan.sku' });
  });
});
