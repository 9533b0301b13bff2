import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { testHub, type TestHub } from './hub.ts';

const path = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((one) => existsSync(one));
if (!path && process.env['LEADLIGHT_REQUIRE_SERVICES'] === '1') throw new Error('Chromium is required (LEADLIGHT_REQUIRE_SERVICES=1) and not installed.');
if (!path) process.stderr.write('\nNOTICE: Chromium is not installed: the address page is not tried in it.\n');

let hub: TestHub;
let browser: Browser;
beforeAll(async () => {
  hub = await testHub({}, { publicPerMinute: 600 });
  if (path) browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox'] });
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await hub.close();
});

test('[S1-025] the page is one file, framed only by listed sites, and speaks both languages', async () => {
  const fr = await hub.ask('GET', '/v1/availability/page', { key: null });
  const en = await hub.ask('GET', '/v1/availability/page?lang=en', { key: null });
  expect(fr.text).toContain('<html lang="fr">');
  expect(en.text).toContain('Check fibre availability');
  expect(fr.headers.get('content-security-policy')).toContain("frame-ancestors 'self' https://www.example.ca");
  expect(fr.text).not.toMatch(/src="http|href="http/);
});

(path ? test : test.skip)('[S1-020] in Chromium: typed with slips, picked by keyboard, answered in French; the page around it is told', async () => {
  const page = await browser.newPage({ viewport: { width: 480, height: 640 } });
  const told: unknown[] = [];
  await page.exposeFunction('tell', (data: unknown) => void told.push(data));
  await page.addInitScript("addEventListener('message', (event) => tell(event.data))");
  await page.goto(`${hub.url}/v1/availability/page`);
  await page.getByRole('combobox').pressSequentially('12 r st jean hunting');
  const options = page.getByRole('option');
  await options.first().waitFor();
  expect(await options.first().textContent()).toBe('12 rue Saint-Jean, Huntingdon J0S 1H0');
  await page.keyboard.press('ArrowDown');
  expect(await page.getByRole('combobox').getAttribute('aria-activedescendant')).toBe('place-0');
  await page.keyboard.press('Enter');
  await page.locator('.answer.available').waitFor();
  expect(await page.locator('.answer').textContent()).toContain('La fibre est disponible à votre adresse');
  expect(told).toMatchObject([{ type: 'leadlight:qualified', qualification: { availability: 'available', premises: { fibreId: 1 } } }]);
  await page.getByRole('combobox').fill('999 Broadway, New York');
  await page.getByText('Aucune adresse ne ressemble').waitFor();
  if (process.env['LEADLIGHT_SCREENSHOT']) await page.screenshot({ path: process.env['LEADLIGHT_SCREENSHOT'] });
  await page.close();
}, 30_000);
