// npm run erpnext:install -- --url https://erp.example.ca [--write]: our doctypes, fields, roles, settings, rights and webhooks into a site.
// Looks only unless --write is given. The last line is the report as JSON; exit code 0 done, 1 something is left to do, 2 not begun.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gigafibreErp, isVendorError, type ErpSettings } from '../core/src/index.ts';
import { authorization, erpnext, install, siteUrl, type InstallManifest, type InstallReport } from '../packages/erpnext/src/index.ts';
import { axiosSend, systemClock } from '../packages/http/src/send.ts';

const USAGE = `npm run erpnext:install -- --url https://erp.example.ca [options]

  --url URL          the site; else LEADLIGHT_ERPNEXT_URL
  --write            change the site; without it the command only tells what it would change
  --hooks URL        where ERPNext reaches Leadlight, e.g. https://n8n.example.ca/webhook; without it no webhooks
  --rotate-secret    give webhooks that are there the secret anew
  --masters FILE     JSON with the names of your masters (company, customerGroup, territory, modeOfPayment, receivableAccount, …);
                     those left out are Gigafibre's
  --no-masters       make and ask for none
  --no-settings      leave rounding, rounded totals and naming of customers as they are
  --user EMAIL       make the user Leadlight runs as

  LEADLIGHT_ERPNEXT_KEY, LEADLIGHT_ERPNEXT_SECRET: the API key of a System Manager
  LEADLIGHT_ERPNEXT_HOOK_SECRET: signs the webhooks, 16 characters or more`;

class Wrong extends Error {}

async function main(): Promise<number> {
  const [text, flag] = [{ type: 'string' }, { type: 'boolean' }] as const;
  const { values } = parseArgs({ options: { url: text, hooks: text, masters: text, user: text, write: flag, 'rotate-secret': flag, 'no-masters': flag, 'no-settings': flag, help: flag } });
  if (values.help) return console.log(USAGE), 0;
  const env = (name: string): string => {
    const value = process.env[name];
    if (!value) throw new Wrong(`${name} is not set.\n\n${USAGE}`);
    return value;
  };
  const url = siteUrl(values.url ?? env('LEADLIGHT_ERPNEXT_URL'));
  const hooks = values.hooks ? { base: values.hooks, secret: env('LEADLIGHT_ERPNEXT_HOOK_SECRET'), rotate: values['rotate-secret'] ?? false } : undefined;
  const masters = values['no-masters'] ? undefined : { ...gigafibreErp, ...(values.masters ? readSettings(values.masters) : {}) };
  const erp = erpnext(axiosSend({ baseUrl: url, headers: { authorization: authorization(env('LEADLIGHT_ERPNEXT_KEY'), env('LEADLIGHT_ERPNEXT_SECRET')) }, timeoutMs: 60_000 }), systemClock);
  const report = await install(erp, readManifest(), {
    dryRun: !values.write, settings: !values['no-settings'],
    ...(hooks ? { hooks } : {}), ...(masters ? { masters } : {}), ...(values.user ? { user: values.user } : {}),
    progress: (at) => console.error(`  ${at}`),
  });
  for (const line of told(report)) console.error(line);
  console.log(JSON.stringify(report));
  return report.preflight.length > 0 ? 2 : report.ok ? 0 : 1;
}

function* told(report: InstallReport): Generator<string> {
  for (const { message, hint } of report.preflight) yield `✗ ${message} ${hint}`;
  if (report.preflight.length > 0) return;
  for (const { object, name, action, what } of report.changes) yield `${report.dryRun ? 'would' : 'did'} ${action} ${object} ${name}${action === 'create' || what.length === 0 ? '' : `: ${what.join(', ')}`}`;
  for (const { at, field, site, ours } of report.differences) yield `left as it is: ${at} ${field} is ${JSON.stringify(site)}, ours ${JSON.stringify(ours)}`;
  for (const one of report.missing) yield `missing: ${one}. Make it in ERPNext, or name yours with --masters.`;
  if (report.failed) yield `✗ stopped at ${report.failed.at}: ${report.failed.message} ${report.failed.hint} Run the command again: it goes on from there.`;
  yield `${report.changes.length} changes, ${report.same} right already.${report.dryRun ? ' This was a dry run: nothing was changed. Give --write to write.' : ''}`;
}

function readSettings(file: string): Partial<ErpSettings> {
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Wrong(`${file} cannot be read as JSON.`);
  }
  const unknown = typeof read === 'object' && read !== null && !Array.isArray(read) ? Object.keys(read).find((key) => key !== 'taxCategory' && !(key in gigafibreErp)) : '';
  if (unknown !== undefined) throw new Wrong(`${file}: ${unknown ? `"${unknown}" is no setting` : 'an object is needed'}. Known are ${[...Object.keys(gigafibreErp), 'taxCategory'].join(', ')}.`);
  return read as Partial<ErpSettings>;
}

function readManifest(): InstallManifest {
  const file = join(dirname(fileURLToPath(import.meta.url)), '../packages/erpnext/schema/setup-manifest.json');
  if (!existsSync(file)) throw new Wrong('packages/erpnext/schema/setup-manifest.json is missing: the checkout is not whole.');
  return JSON.parse(readFileSync(file, 'utf8')) as InstallManifest;
}

main().then((code) => { process.exitCode = code; }, (error: Error) => {
  console.error(isVendorError(error) ? `${error.message} ${error.hint}` : error.message);
  console.log(JSON.stringify({ type: 'erpnextInstall', ok: false, error: isVendorError(error) ? error.kind : error instanceof Wrong || 'code' in error ? 'badInput' : 'unexpected' }));
  process.exitCode = 2;
});
