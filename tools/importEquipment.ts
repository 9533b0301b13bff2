// npm run import:equipment -- --wifi wifi.csv --voip voip.csv [--write]: the old genieacs.wifi and genieacs.voip tables into Service Equipment
// and the hub's vault. A dry run unless --write is given; the last line is the report as JSON.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isVendorError } from '../core/src/index.ts';
import { authorization, erpnext, siteUrl } from '../packages/erpnext/src/index.ts';
import { axiosSend, systemClock } from '../packages/http/src/send.ts';
import { hubClient } from '../packages/hub/src/client.ts';
import { importEquipment } from '../packages/hub/src/importEquipment.ts';
import { readTable } from '../packages/hub/src/readTable.ts';

const USAGE = `npm run import:equipment -- --wifi FILE --voip FILE [options]

  --wifi FILE           export of genieacs.wifi: CSV, JSON, or MariaDB's INTO OUTFILE
  --voip FILE           export of genieacs.voip
  --wifi-columns A,B,C  names of the columns, for a file without a header (serial or mac, ssid, password)
  --voip-columns A,B,C  the same (serial, username, password, domain, registrar)
  --sip-domain HOST     where a row has none
  --sip-registrar HOST  where a row has none; else the domain
  --encoding NAME       of the files; default utf-8, e.g. windows-1252
  --problems FILE       write which rows lead nowhere, and why, as CSV (serials, no secrets)
  --concurrency N       documents saved at the same time; default 4
  --write               write; without it nothing is changed

  LEADLIGHT_ERPNEXT_URL, LEADLIGHT_ERPNEXT_KEY, LEADLIGHT_ERPNEXT_SECRET, LEADLIGHT_HUB_URL, LEADLIGHT_HUB_KEY (scope devices:write)`;

class Wrong extends Error {}

async function main(): Promise<number> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { wifi: text, voip: text, 'wifi-columns': text, 'voip-columns': text, 'sip-domain': text, 'sip-registrar': text, encoding: text, problems: text, concurrency: text, write: { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) return console.log(USAGE), 0;
  if (!values.wifi && !values.voip) throw new Wrong(`Give --wifi, --voip or both.\n\n${USAGE}`);
  const env = (name: string): string => {
    const value = process.env[name];
    if (!value) throw new Wrong(`${name} is not set.\n\n${USAGE}`);
    return value;
  };
  const concurrency = Number(values.concurrency ?? 4);
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > 32) throw new Wrong('--concurrency is a whole number from 1 to 32.');
  const rows = (file: string | undefined, columns: string | undefined) => (file ? readTable(decoded(file, values.encoding ?? 'utf-8'), columns ? { columns: columns.split(',').map((one) => one.trim()) } : {}) : []);
  const tables = { wifi: rows(values.wifi, values['wifi-columns']), voip: rows(values.voip, values['voip-columns']) };
  const erp = erpnext(axiosSend({ baseUrl: siteUrl(env('LEADLIGHT_ERPNEXT_URL')), headers: { authorization: authorization(env('LEADLIGHT_ERPNEXT_KEY'), env('LEADLIGHT_ERPNEXT_SECRET')) }, timeoutMs: 30_000 }), systemClock);
  const hub = hubClient(axiosSend({ baseUrl: env('LEADLIGHT_HUB_URL'), headers: { authorization: `Bearer ${env('LEADLIGHT_HUB_KEY')}` }, timeoutMs: 30_000 }));
  const { report, problems, failures } = await importEquipment(erp, hub, tables, {
    dryRun: !values.write, concurrency,
    voice: { ...(values['sip-domain'] ? { domain: values['sip-domain'] } : {}), ...(values['sip-registrar'] ? { registrar: values['sip-registrar'] } : {}) },
    progress: (done, of) => console.error(`${done} of ${of} pieces of equipment`),
  });
  for (const { equipment, serial, kind } of failures.slice(0, 20)) console.error(`failed: ${equipment} ${serial} ${kind}`);
  if (failures.length > 20) console.error(`… and ${failures.length - 20} more`);
  if (values.problems) writeFileSync(values.problems, `table,row,reason,device\n${problems.map(({ table, row, reason, key = '' }) => `${table},${row},${reason},${key}\n`).join('')}`);
  if (report.dryRun) console.error('This was a dry run: nothing was changed. Give --write to write.');
  console.log(JSON.stringify(report));
  return report.ok ? 0 : 1;
}

function decoded(file: string, encoding: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    throw new Wrong(`${file} cannot be read.`);
  }
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Wrong(error instanceof RangeError ? `${encoding} is no encoding. Use utf-8 or windows-1252.` : `${file} is not ${encoding}. Export it as UTF-8, or say --encoding windows-1252.`);
  }
}

main().then((code) => { process.exitCode = code; }, (error: Error) => {
  console.error(isVendorError(error) ? `${error.message} ${error.hint}` : error.message);
  console.log(JSON.stringify({ type: 'equipmentImport', ok: false, error: isVendorError(error) ? error.kind : error instanceof Wrong || 'code' in error ? 'badInput' : 'unreadable' }));
  process.exitCode = 2;
});
