// What the import commands share: settings from the environment, the site, and how they end.
import { isVendorError } from '../../core/src/index.ts';
import { authorization, erpnext, siteUrl } from '../../packages/erpnext/src/index.ts';
import { axiosSend, systemClock } from '../../packages/http/src/send.ts';
import { ImportFault } from './readExport.ts';

/** A setting of the environment. @throws ImportFault when it is not set. @example setting('LEADLIGHT_HUB_URL', USAGE) */
export function setting(name: string, usage: string): string {
  const value = process.env[name];
  if (!value) throw new ImportFault(`${name} is not set.\n\n${usage}`);
  return value;
}

/** The site the environment names. @example const erp = erpSite(USAGE); */
export const erpSite = (usage: string) =>
  erpnext(axiosSend({ baseUrl: siteUrl(setting('LEADLIGHT_ERPNEXT_URL', usage)), headers: { authorization: authorization(setting('LEADLIGHT_ERPNEXT_KEY', usage), setting('LEADLIGHT_ERPNEXT_SECRET', usage)) }, timeoutMs: 30_000 }), systemClock);

/** How many documents are saved at the same time. @example readConcurrency(undefined) // 4 */
export function readConcurrency(given = '4'): number {
  const concurrency = Number(given);
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > 32) throw new ImportFault('--concurrency is a whole number from 1 to 32.');
  return concurrency;
}

/** The last word of a run: hint or report on stderr, the report as JSON on stdout. Exit code 0 all well, 1 not all, else 2. @example runImport('legacyImport', main) */
export function runImport(type: string, main: () => Promise<object & { readonly ok: boolean; readonly dryRun: boolean } | undefined>): void {
  main().then((report) => {
    if (!report) return;
    if (report.dryRun) console.error('This was a dry run: nothing was changed. Give --write to write.');
    console.log(JSON.stringify(report));
    process.exitCode = report.ok ? 0 : 1;
  }, (error: Error) => {
    console.error(isVendorError(error) ? `${error.message} ${error.hint}` : error.message);
    console.log(JSON.stringify({ type, ok: false, error: isVendorError(error) ? error.kind : error instanceof ImportFault || 'code' in error ? 'badInput' : 'unreadable' }));
    process.exitCode = 2;
  });
}
