// npm run import:equipment -- --wifi wifi.csv --voip voip.csv [--write]: the old genieacs.wifi and genieacs.voip tables into Service Equipment
// and the hub's vault. A dry run unless --write is given; the last line is the report as JSON.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { axiosSend } from '../packages/http/src/send.ts';
import { hubClient } from '../packages/hub/src/client.ts';
import { importEquipment } from '../packages/hub/src/importEquipment.ts';
import { csvLine } from '../packages/hub/src/csvLine.ts';
import { erpSite, readConcurrency, runImport, setting } from './import/command.ts';
import { exportRows, ImportFault } from './import/readExport.ts';

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

runImport('equipmentImport', async () => {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { wifi: text, voip: text, 'wifi-columns': text, 'voip-columns': text, 'sip-domain': text, 'sip-registrar': text, encoding: text, problems: text, concurrency: text, write: { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) return void console.log(USAGE);
  if (!values.wifi && !values.voip) throw new ImportFault(`Give --wifi, --voip or both.\n\n${USAGE}`);
  const rows = (file: string | undefined, columns: string | undefined) => (file ? exportRows(file, values.encoding, columns) : []);
  const tables = { wifi: rows(values.wifi, values['wifi-columns']), voip: rows(values.voip, values['voip-columns']) };
  const erp = erpSite(USAGE);
  const hub = hubClient(axiosSend({ baseUrl: setting('LEADLIGHT_HUB_URL', USAGE), headers: { authorization: `Bearer ${setting('LEADLIGHT_HUB_KEY', USAGE)}` }, timeoutMs: 30_000 }));
  const { report, problems, failures } = await importEquipment(erp, hub, tables, {
    dryRun: !values.write, concurrency: readConcurrency(values.concurrency),
    voice: { ...(values['sip-domain'] ? { domain: values['sip-domain'] } : {}), ...(values['sip-registrar'] ? { registrar: values['sip-registrar'] } : {}) },
    progress: (done, of) => console.error(`${done} of ${of} pieces of equipment`),
  });
  for (const { equipment, serial, kind } of failures.slice(0, 20)) console.error(`failed: ${equipment} ${serial} ${kind}`);
  if (failures.length > 20) console.error(`… and ${failures.length - 20} more`);
  if (values.problems) writeFileSync(values.problems, `table,row,reason,device\n${problems.map(({ table, row, reason, key }) => `${csvLine([table, row, reason, key])}\n`).join('')}`);
  return report;
});
