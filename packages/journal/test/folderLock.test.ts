import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockFolder } from '../src/folderLock.ts';
import { openDb } from '../src/index.ts';

const root = mkdtempSync(join(tmpdir(), 'leadlight-lock-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('a folder has one owner at a time; letting go frees it; folders are made on the way', () => {
  const folder = join(root, 'a/b/data');
  const unlock = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(`in use by process ${process.pid}`);
  unlock();
  lockFolder(folder)();
  expect(existsSync(`${folder}.lock`)).toBe(false);
});

test('the lock of a process that was killed is taken over, also when its number lives on in another process', () => {
  const folder = join(root, 'killed');
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(`${folder}.lock`, `${pid} 12345`);
  lockFolder(folder)();
  writeFileSync(`${folder}.lock`, `${process.pid} 1`);
  if (existsSync('/proc/self/stat')) lockFolder(folder)();
});

test('a database folder is kept, and refuses a second opener before it can do harm', async () => {
  const folder = join(root, 'x/y/db');
  const first = await openDb(folder);
  await first.query('CREATE TABLE kept (n integer)');
  await expect(openDb(folder)).rejects.toThrow('in use');
  await first.close();
  const again = await openDb(folder);
  expect((await again.query('SELECT * FROM kept')).rows).toEqual([]);
  await again.close();
}, 60_000);
