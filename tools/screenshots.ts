// npm run screenshots: pictures of the n8n editor for the documents, taken from a stack of its own (free ports, a folder that is removed).
// `-- --all` takes one of every workflow instead, into .leadlight/screenshots, to look at its layout.
// Needs Chromium: /usr/bin/chromium, or the program named in CHROMIUM.
import { chromium, type Frame, type Page } from 'playwright-core';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { leadToLight } from './drive.ts';
import { freeOffset } from './ports.ts';
import { OWNER, startStack, type Stack } from './stack.ts';

const VIEWPORT = { width: 1600, height: 900 };
const MAX_BYTES = 400_000;
const all = process.argv.includes('--all');
const folder = all ? join('.leadlight', 'screenshots') : join('docs', 'images');

interface Shot {
  readonly file: string;
  readonly workflow: string;
  /** Opens this node's panel with what an order left in it; without it the whole workflow is shown. */
  readonly node?: string;
}
const shots: readonly Shot[] = [
  { file: 'editor-new-customer-order.png', workflow: 'New Customer Order' },
  { file: 'editor-device-bootstrap.png', workflow: 'Device Bootstrap' },
  { file: 'node-create-the-customer.png', workflow: 'New Customer Order', node: 'Create the Customer' },
];

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
if (!existsSync(executablePath)) {
  console.error(`No browser at ${executablePath}.\nInstall Chromium (on Debian: apt-get install chromium), or name another one: CHROMIUM=/path/to/chrome npm run screenshots`);
  process.exit(1);
}

const home = mkdtempSync(join(tmpdir(), 'leadlight-screenshots-'));
process.on('exit', () => rmSync(home, { recursive: true, force: true }));
let stack: Stack | undefined;
async function leave(code: number): Promise<never> {
  await stack?.stop();
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void leave(130));

const NODES = '[data-test-id="canvas-node"]';

/** The document that shows the canvas: the page itself, or the frame n8n shows an execution in. */
async function canvasOf(page: Page): Promise<Frame> {
  for (let tries = 0; tries < 120; tries += 1) {
    for (const frame of page.frames()) if ((await frame.locator(NODES).count().catch(() => 0)) > 0) return frame;
    await page.waitForTimeout(500);
  }
  throw new Error(`${page.url()} shows no workflow`);
}

async function take(page: Page, shot: Shot, id: string): Promise<void> {
  if (shot.node) {
    const [run] = await stack!.n8n.executions({ filter: JSON.stringify({ workflowId: id }), limit: '1' });
    if (!run) throw new Error(`"${shot.workflow}" has not run`);
    await page.goto(`${stack!.urls.editor}/workflow/${id}/executions/${run.id}`, { waitUntil: 'domcontentloaded' });
    const canvas = await canvasOf(page);
    await page.waitForTimeout(1_500);
    await canvas.locator(`${NODES}[data-node-name="${shot.node}"]`).dblclick();
    await page.waitForTimeout(2_000);
  } else {
    await page.goto(`${stack!.urls.editor}/workflow/${id}`, { waitUntil: 'domcontentloaded' });
    await canvasOf(page);
    await page.waitForTimeout(1_500); // icons and edges are drawn after the nodes
    await page.locator('.vue-flow__pane').click({ position: { x: 700, y: 730 } }); // closes n8n's checklist
    await page.mouse.move(800, 20); // no node under the pointer
    await page.keyboard.press('1'); // n8n's key for "zoom to fit"
    await page.waitForTimeout(1_000);
  }
  const path = join(folder, shot.file);
  await page.screenshot({ path });
  const bytes = statSync(path).size;
  console.log(`${path}  ${Math.round(bytes / 1000)} kB`);
  if (bytes > MAX_BYTES) throw new Error(`${path} is larger than ${MAX_BYTES / 1000} kB`);
}

try {
  stack = await startStack({ root: resolve('.'), dir: home, portOffset: await freeOffset(8000), say: console.log });
  mkdirSync(folder, { recursive: true });
  const ids = new Map((await stack.n8n.rest<{ id: string; name: string }[]>('GET', '/rest/workflows')).map(({ id, name }) => [name, id]));
  if (!all) await leadToLight({ stack, say: console.log, run: 1 });
  const browser = await chromium.launch({ executablePath, headless: true, args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
  const context = await browser.newContext({ viewport: VIEWPORT, reducedMotion: 'reduce' });
  // Logging in through the context's own requests puts n8n's cookie into the browser.
  const login = await context.request.post(`${stack.urls.editor}/rest/login`, { data: { emailOrLdapLoginId: OWNER, password: stack.secrets.ownerPassword } });
  if (!login.ok()) throw new Error(`n8n did not let the owner in: ${login.status()}`);
  const page = await context.newPage();
  const wanted = all ? [...ids.keys()].map((workflow): Shot => ({ file: `${workflow.toLowerCase().replaceAll(' ', '-')}.png`, workflow })) : shots;
  for (const shot of wanted) {
    const id = ids.get(shot.workflow);
    if (!id) throw new Error(`There is no workflow "${shot.workflow}"`);
    await take(page, shot, id);
  }
  await browser.close();
  await leave(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await leave(1);
}
