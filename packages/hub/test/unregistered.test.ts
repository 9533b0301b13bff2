import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { registerBuilder, writeSnapshot } from '../../availability/src/index.ts';
import { findDrops } from '../../journal/src/index.ts';
import { premisesOf } from '../src/premises.ts';
import { folder, testHub, type TestHub } from './hub.ts';

/** The public register lacks 90 chemin de la Rivière, where drop 9 is. */
function snapshot(path: string, numbers: readonly string[] = ['60', '70', '80']): string {
  const builder = registerBuilder();
  const add = (civic: string, street: string, town: string, postalCode: string): void => void builder.add({ civic, unit: '', street, town, postalCode, latitude: 45.09, longitude: -74.17 });
  for (const civic of ['12', '14', '16', '20', '22']) add(civic, 'rue Saint-Jean', 'Huntingdon', 'J0S 1H0');
  for (const civic of numbers) add(civic, 'chemin de la Rivière', 'Ormstown', 'J0S 1K0');
  writeSnapshot(path, builder.finish({ source: 'test register', licence: '', date: '2026-03-01' }));
  return path;
}
let hub: TestHub;
let path: string;
const qualify = async (body: object) => (await hub.ask('POST', '/v1/availability/qualify', { body, key: null })).body as unknown as Record<string, unknown>;
const run = async (): Promise<void> => {
  await hub.client.addresses.link();
  for (let i = 0; i < 2000; i += 1) if ((await hub.client.addresses.linkRun()).state !== 'running') return;
  throw new Error('the run did not end');
};
beforeEach(async () => {
  path = snapshot(join(folder(), 'addresses'));
  hub = await testHub({ addressSnapshot: path });
}, 60_000);
afterEach(async () => hub.close());

test('[S1-020] [S1-021] a drop that is in no register is found by its own address once it was tried, and marked', async () => {
  expect(await qualify({ address: '90 chemin de la Rivière, Ormstown' })).toMatchObject({ match: 'streetOnly' });
  await run();
  expect(await hub.client.addresses.about()).toMatchObject({ linked: 8, unlinked: 1, unregistered: 1 });
  expect(await qualify({ address: '90 ch. Riviere ormstown' })).toMatchObject({ match: 'exact', availability: 'available', premises: { fibreId: 9, inRegister: false } });
  const { candidates } = await hub.client.availability.search('90 chemin de la riviere');
  expect(candidates).toMatchObject([{ label: '90 chemin de la Rivière, Ormstown J0S 1K0', inRegister: false }]);
  expect(await qualify({ premisesId: candidates[0]!.premisesId })).toMatchObject({ availability: 'available', premises: { fibreId: 9 } });
  // What the register has reads as before.
  const listed = await qualify({ address: '80 chemin de la Rivière, Ormstown' });
  expect(listed).toMatchObject({ match: 'exact', premises: { fibreId: 8 } });
  expect(JSON.stringify(listed)).not.toContain('inRegister');
  expect(await qualify({ address: '85 chemin de la Rivière, Ormstown' })).toMatchObject({ match: 'streetOnly', candidates: [] });
  expect(await qualify({ address: '90 chemin de la Rivière, Huntingdon' })).not.toHaveProperty('premises');
});

test('[S1-160] who says that a drop is not at an address of the register is believed, also by the second list', async () => {
  await run();
  expect(await qualify({ address: '12 rue Saint-Jean, Huntingdon' })).toMatchObject({ premises: { fibreId: 1 } });
  await hub.client.addresses.decideLink(1, { addressId: null, by: 'marie' });
  expect(await qualify({ address: '12 rue Saint-Jean, Huntingdon' })).toMatchObject({ match: 'exact', availability: 'notCovered' });
  expect(await hub.client.addresses.about()).toMatchObject({ unregistered: 1 });
});

test('[S1-160] a person places it, or a newer register has it: then it stands there and nowhere else', async () => {
  await run();
  const [own] = premisesOf(await findDrops(hub.deps.db, [9]));
  const at80 = (await hub.client.addresses.links()).links.find(({ fibreId }) => fibreId === 8)!.addressId!;
  expect(await hub.client.addresses.decideLink(9, { addressId: own!.premisesId })).toMatchObject({ type: 'refused', path: 'addressId' });
  await hub.client.addresses.decideLink(9, { addressId: at80, by: 'marie' });
  expect(await qualify({ address: '90 chemin de la Rivière, Ormstown' })).toMatchObject({ match: 'streetOnly' });
  await hub.client.addresses.decideLink(9, { addressId: null, by: 'marie' });
  expect(await qualify({ address: '90 chemin de la Rivière, Ormstown' })).toMatchObject({ match: 'exact', premises: { fibreId: 9 } });
  renameSync(snapshot(`${path}.next`, ['60', '70', '80', '90']), path);
  await hub.tick();
  expect(await hub.client.addresses.about()).toMatchObject({ addresses: 9, unregistered: 0 });
  expect(await qualify({ address: '90 chemin de la Rivière, Ormstown' })).toMatchObject({ match: 'exact', availability: 'notCovered' });
});

test('[S1-025] the second list tells no OLT, port, serial or occupancy', async () => {
  await hub.client.drops.import({ csv: 'id,rue,ville,zip,olt_ip,frame,slot,port,ontid,sn\n50,94 chemin de la Rivière,Ormstown,J0S 1K0,172.17.128.2,0,1,4,1,RCMG1000CCCC' });
  await run();
  const text = JSON.stringify([await qualify({ address: '94 chemin de la Rivière, Ormstown' }), await qualify({ address: '90 chemin de la Rivière, Ormstown' }), (await hub.ask('GET', '/v1/availability/search?q=94%20chemin%20de%20la%20riviere', { key: null })).text]);
  expect(text).toContain('contactUs');
  expect(text).not.toMatch(/olt|172\.17|frame|slot|"port"|ontid|RCMG|fibreIds|occupied|prm_/i);
});
