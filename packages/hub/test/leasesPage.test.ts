import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { testHub, type TestHub } from './hub.ts';

const path = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((one) => existsSync(one));
if (!path && process.env['LEADLIGHT_REQUIRE_SERVICES'] === '1') throw new Error('Chromium is required (LEADLIGHT_REQUIRE_SERVICES=1) and not installed.');
if (!path) process.stderr.write('\nNOTICE: Chromium is not installed: the page of leases is not tried in it.\n');
const [SEES, MAY] = ['sees-leases-0123456789', 'may-release-0123456789'];

let hub: TestHub;
let browser: Browser;
beforeAll(async () => {
  hub = await testHub({ scopedKeys: [{ name: 'desk', key: SEES, scopes: ['drops:read'] }, { name: 'lead', key: MAY, scopes: ['drops:read', 'drops:write'] }] });
  if (path) browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox'] });
  for (const [fibreId, orderId, holdSeconds] of [[6, 'ord_six', 60], [1, 'ord_one', 900], [8, 'ord_eight', 900]] as const) {
    const lease = await hub.client.drops.hold(fibreId, { orderId, holdSeconds });
    if (fibreId === 8 && 'token' in lease) await hub.client.drops.confirm(8, { orderId, token: lease.token });
  }
  hub.clock.advance(60_001);
  await hub.tick();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await hub.close();
});
const open = async (key: string) => {
  const page = await browser.newPage({ viewport: { width: 1180, height: 620 } });
  await page.goto(`${hub.url}/v1/drops/leases/page?lang=en`);
  await page.getByLabel('API key').fill(key);
  await page.getByRole('button', { name: 'Open' }).click();
  return page;
};

(path ? test : test.skip)('[S1-098] in Chromium: nothing without a key; held, reserved and expired with order and time; filtered by state and OLT', async () => {
  const page = await open('no-such-key-0123456789');
  await page.getByText('This key opens nothing.').first().waitFor();
  expect(await page.locator('tbody tr').count()).toBe(0);
  await page.getByLabel('API key').fill(SEES);
  await page.getByRole('button', { name: 'Open' }).click();
  await page.locator('tbody tr').first().waitFor();
  expect(await page.locator('tbody tr').allInnerTexts()).toEqual([expect.stringMatching(/^1\tHeld\tord_one\t.*12 rue Saint-Jean, Huntingdon\tHuntingdon 1 172\.17\.128\.2 0\/1\/3\tRelease/s), expect.stringMatching(/^6\tExpired\tord_six/s), expect.stringMatching(/^8\tReserved\tord_eight/s)]);
  expect(page.url()).not.toContain(SEES);
  expect(await page.getByLabel('API key').inputValue()).toBe('');
  if (process.env['LEADLIGHT_SCREENSHOT']) await page.screenshot({ path: process.env['LEADLIGHT_SCREENSHOT'] });
  await page.getByLabel('State').selectOption('reserved');
  await page.getByText('1 shown').last().waitFor();
  expect(await page.locator('tbody tr').allInnerTexts()).toEqual([expect.stringContaining('ord_eight')]);
  await page.getByLabel('State').selectOption('');
  await page.getByLabel('OLT').selectOption('172.17.128.2');
  await page.getByText('3 shown').last().waitFor();
  await page.close();
}, 30_000);

(path ? test : test.skip)('[S1-098] in Chromium: a port is released in two clicks and recorded; a key that only reads is told which scope is missing', async () => {
  const row = (page: Awaited<ReturnType<typeof open>>) => page.locator('tbody tr', { hasText: 'ord_one' });
  const reader = await open(SEES);
  await row(reader).getByRole('button', { name: 'Release' }).click();
  await row(reader).getByRole('button', { name: 'Really release?' }).click();
  await reader.getByText('lacks the scope drops:write').last().waitFor();
  await reader.close();
  const page = await open(MAY);
  await row(page).getByRole('button', { name: 'Release' }).click();
  expect(await hub.client.drops.leases({ state: 'held' })).toMatchObject({ leases: [{ fibreId: 1 }] });
  await row(page).getByRole('button', { name: 'Really release?' }).click();
  await page.getByText('Drop 1 is released.').last().waitFor();
  expect(await row(page).count()).toBe(0);
  await page.close();
  expect(await hub.client.drops.get(1)).toMatchObject({ state: 'free' });
  expect((await hub.client.audit.list({ about: '1', limit: 5 })).records.find(({ route }) => route.endsWith('take-back'))).toMatchObject({ who: 'lead', outcome: 'done' });
}, 30_000);
