import { VirtualClock } from '../../sandbox/src/world.ts';
import { rateLimit } from '../src/rateLimit.ts';
import { parseDropsCsv } from '../src/readDropsCsv.ts';
import { mintPassword, openVault } from '../src/vault.ts';

describe('the vault', () => {
  const vault = openVault('0f'.repeat(32));
  test('opens what it sealed, in its place only; never the same text twice', () => {
    const sealed = vault.seal('pässword', 'device:A');
    expect(vault.open(sealed, 'device:A')).toBe('pässword');
    expect(() => vault.open(sealed, 'device:B')).toThrow('LEADLIGHT_VAULT_KEY');
    expect(vault.seal('pässword', 'device:A')).not.toBe(sealed);
    expect(sealed).not.toContain('ssword');
  });
  test('notices every altered byte, a cut text, and another key', () => {
    const sealed = vault.seal('x', 'c');
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    for (let i = 0; i < bytes.length; i += 1) {
      const altered = Buffer.from(bytes);
      altered[i]! ^= 1;
      expect(() => vault.open(`v1.${altered.toString('base64url')}`, 'c')).toThrow();
    }
    expect(() => vault.open(sealed.slice(0, 20), 'c')).toThrow();
    expect(() => vault.open(bytes.toString('base64url'), 'c')).toThrow();
    expect(() => openVault('0e'.repeat(32)).open(sealed, 'c')).toThrow();
    expect(() => openVault('short')).toThrow(RangeError);
  });
  test('passwords are as long as asked and come from the given randomness', () => {
    expect(mintPassword((n) => new Uint8Array(n).map((_, i) => i), 32)).toBe('abcdefghjkmnpqrstuvwxyz23456789A');
  });
});

test('a bucket holds a minute’s worth, fills with time, and is one per caller', () => {
  const clock = new VirtualClock('2026-04-01T00:00:00.000Z');
  const limited = rateLimit(clock, 2);
  expect([limited('a'), limited('a'), limited('b')]).toEqual([0, 0, 0]);
  expect(limited('a')).toBe(30_000);
  clock.advance(29_999);
  expect(limited('a')).toBe(1);
  clock.advance(1);
  expect(limited('a')).toBe(0);
  clock.advance(3_600_000);
  expect([limited('a'), limited('a'), limited('a') > 0]).toEqual([0, 0, true]);
});

describe('the drops file', () => {
  const header = 'id,rue,ville,zip,latitude,longitude,olt_ip,frame,slot,port,ontid,sn,boitier_pas_install';
  test('[S1-022] reads the operator’s own columns; a legacy RESERVED mark is not a serial', () => {
    const [first, second] = parseDropsCsv(`\uFEFF${header}\r\n7,"12, rue ""du"" Lac",Elgin,j0s2e0,45.02,-74.27,172.17.1.2,0,1,3,9,RESERVED-o1,1\r\n8,14 rue du Lac,Elgin,,0,0,172.17.1.2,0,1,3,10,rcmg19e0aaaa,\r\n`);
    expect(first).toEqual({ fibreId: 7, street: '12, rue "du" Lac', city: 'Elgin', postalCode: 'J0S 2E0', latitude: 45.02, longitude: -74.27, oltName: '172.17.1.2', oltIp: '172.17.1.2', frame: 0, slot: 1, port: 3, ontId: 9, sn: '', boxMissing: true, zone: '1', maxDownMbps: 1500 });
    expect(second).toMatchObject({ postalCode: '', latitude: null, longitude: null, sn: 'RCMG19E0AAAA', boxMissing: false });
  });
  test('says which line and column is wrong', () => {
    expect(() => parseDropsCsv(`${header}\n7,a,b,c,,,i,0,x,3,9,,0\n`)).toThrow('line 2: column "slot"');
    expect(() => parseDropsCsv('id,rue\n')).toThrow('no column "ville"');
  });
});
