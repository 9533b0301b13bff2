// npm start: everything up, one order from lead to light, then stays until Ctrl-C. `--once` leaves after the order.
import { join, resolve } from 'node:path';
import { readFileSync, writeFileSync, existsSync } from 'node:fs';
import { leadToLight } from './drive.ts';
import { OWNER, StackError, startStack, type Stack } from './stack.ts';

const root = resolve('.');
const dir = process.env['LEADLIGHT_HOME'] ?? join(root, '.leadlight');
const once = process.argv.includes('--once');
const started = Number(process.env['LEADLIGHT_STARTED'] ?? Date.now());
const elapsed = () => ((Date.now() - started) / 1000).toFixed(1);
const say = (line: string) => console.log(`[${elapsed().padStart(5)} s] ${line}`);

let stack: Stack | undefined;
let leaving = false;
async function leave(code: number): Promise<never> {
  if (leaving) await new Promise(() => undefined);
  leaving = true;
  await stack?.stop();
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (!leaving) console.log('\nstopping n8n, hub and sandbox…');
    void leave(stack ? 0 : 130);
  });
}

try {
  say('starting n8n, hub and sandbox');
  stack = await startStack({ root, dir, portOffset: Number(process.env['LEADLIGHT_PORT_OFFSET'] ?? 0), say });
  const runFile = join(dir, 'run-number');
  const run = (existsSync(runFile) ? Number(readFileSync(runFile, 'utf8')) : 0) + 1;
  writeFileSync(runFile, String(run));
  const from = Date.now();
  const lit = await leadToLight({ stack, say, run });
  const width = Math.max(...lit.proofs.map(({ what }) => what.length));
  console.log('\nRead back from each system:');
  for (const { system, what, readBack } of lit.proofs) console.log(`  ${system.padEnd(9)} ${what.padEnd(width)}  ${readBack}`);
  const figures = { start: 'live', orderId: lit.orderId, seconds: { ...stack.seconds, order: Math.round((Date.now() - from) / 100) / 10, total: Number(elapsed()) }, ok: true };
  console.log(`\n  n8n editor   ${stack.urls.editor}   (${OWNER} / ${stack.secrets.ownerPassword})`);
  console.log(`  hub API      ${stack.urls.docs}   (Bearer ${stack.secrets.hubKey})`);
  console.log(`  payments     stripe ${stack.urls.stripe}, paypal ${stack.urls.paypal}, azure_marketplace ${stack.urls.azure}, invoice terms   (GET ${stack.urls.hub}/v1/payments/providers)`);
  console.log(`  sandbox      ${stack.urls.sandbox}/sent   what customers and staff received`);
  console.log(`  logs         ${join(dir, 'run')}\n`);
  console.log(JSON.stringify(figures));
  if (once) await leave(0);
  console.log('Live. Ctrl-C stops everything.');
} catch (error) {
  console.error(`\nNot live: ${error instanceof StackError ? error.message : ((error as Error).stack ?? String(error))}`);
  if (stack) console.error(`Logs are in ${join(dir, 'run')}.`);
  await leave(1);
}
