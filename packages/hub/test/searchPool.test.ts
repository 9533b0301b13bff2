import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { registerBuilder, writeSnapshot } from '../../availability/src/index.ts';
import { folder, testHub, type TestHub } from './hub.ts';

const script = pathToFileURL(join(__dirname, '../src/addresses/searchWorker.ts'));
function snapshot(path: string, numbers: readonly string[]): string {
  const builder = registerBuilder();
  for (const civic of numbers) builder.add({ civic, unit: '', street: 'rue Saint-Jean', town: 'Huntingdon', postalCode: 'J0S 1H0', latitude: 45.09, longitude: -74.17 });
  writeSnapshot(path, builder.finish({ source: 'test', licence: '', date: '2026-03-01' }));
  return path;
}
let hub: TestHub;
let path: string;
const reported: string[] = [];
beforeAll(async () => {
  path = snapshot(join(folder(), 'addresses'), ['12', '14', '16']);
  hub = await testHub({ addressSnapshot: path }, { searchWorkers: { script, count: 2 }, report: (line) => void reported.push(line), publicPerMinute: 10_000 });
}, 60_000);
afterAll(async () => hub.close());
const match = async (typed: string): Promise<string> => (await hub.client.availability.search(typed)).match;

test('[S1-020] threads that share one snapshot answer as the main thread does, many at a time', async () => {
  const typed = ['12 r. st-jean huntingdon', '14 rue Saint-Jean, Huntingdon', '13 rue Saint-Jean, Huntingdon', '12 rue de Rivoli, Paris', ''.padEnd(150, 'rue saint ')];
  const answers = await Promise.all(Array.from({ length: 60 }, (_, i) => match(typed[i % typed.length]!)));
  expect(answers.slice(0, 4)).toEqual(['exact', 'exact', 'streetOnly', 'none']);
  expect(answers).toEqual(Array.from({ length: 60 }, (_, i) => answers[i % typed.length]));
});

test('[S1-020] a snapshot renamed over the old one reaches every thread; a damaged one is told and the old one answers on', async () => {
  expect(await match('18 rue Saint-Jean, Huntingdon')).toBe('streetOnly');
  renameSync(snapshot(`${path}.next`, ['12', '14', '16', '18']), path);
  await hub.tick();
  expect(await Promise.all(Array.from({ length: 8 }, () => match('18 rue Saint-Jean, Huntingdon')))).toEqual(Array(8).fill('exact'));
  writeFileSync(`${path}.bad`, 'LEADADR\nnonsense');
  renameSync(`${path}.bad`, path);
  await hub.tick();
  await hub.tick();
  expect(reported).toEqual([expect.stringContaining('The one before is kept.')]);
  expect(await Promise.all(Array.from({ length: 8 }, () => match('18 rue Saint-Jean, Huntingdon')))).toEqual(Array(8).fill('exact'));
});
