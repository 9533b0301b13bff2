// npm run import:legacy -- --fibre fibre.csv --service service.csv --delivery delivery.csv --account account.csv [--write]: the old back
// office's chain into Customer, Service Location and Service Subscription. A dry run unless --write is given; the last line is the report.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gigafibreErp } from '../core/src/index.ts';
import { importLegacy } from '../packages/erpnext/src/importLegacy.ts';
import { csvLine } from '../packages/hub/src/csvLine.ts';
import { erpSite, readConcurrency, runImport } from './import/command.ts';
import { exportRows, ImportFault } from './import/readExport.ts';

const USAGE = `npm run import:legacy -- --fibre FILE --service FILE --delivery FILE --account FILE [options]

  --fibre, --service, --delivery, --account FILE
                        exports of the four tables: CSV, JSON, or MariaDB's INTO OUTFILE with --…-columns
  --fibre-columns A,B,C (and --service-columns …) names of the columns, for a file without a header
  --products FILE       old product code → item code, with the columns product and item
  --create-customers    make a Customer of an account ERPNext does not know; without it such a drop is orphaned
  --customer-group, --territory, --province, --country NAME   default ${gigafibreErp.customerGroup}, ${gigafibreErp.territory}, ${gigafibreErp.province}, ${gigafibreErp.country}
  --currency CODE       default CAD
  --encoding NAME       of the files; default utf-8, e.g. windows-1252
  --problems FILE       write which drops lead nowhere, what was kept and what failed, as CSV (ids and reasons, no people)
  --concurrency N       documents saved at the same time; default 4
  --write               write; without it nothing is changed

  LEADLIGHT_ERPNEXT_URL, LEADLIGHT_ERPNEXT_KEY, LEADLIGHT_ERPNEXT_SECRET`;

runImport('legacyImport', async () => {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      fibre: text, service: text, delivery: text, account: text, 'fibre-columns': text, 'service-columns': text, 'delivery-columns': text, 'account-columns': text, products: text, 'create-customers': { type: 'boolean' },
      'customer-group': text, territory: text, province: text, country: text, currency: text, encoding: text, problems: text, concurrency: text, write: { type: 'boolean' }, help: { type: 'boolean' },
    },
  });
  if (values.help) return void console.log(USAGE);
  const rows = (table: 'fibre' | 'service' | 'delivery' | 'account') => {
    const file = values[table];
    if (!file) throw new ImportFault(`Give --${table}: the chain needs all four tables.\n\n${USAGE}`);
    return exportRows(file, values.encoding, values[`${table}-columns`]);
  };
  const products = values.products ? Object.fromEntries(exportRows(values.products, values.encoding).map((row) => [String(row['product'] ?? '').trim(), String(row['item'] ?? '').trim()])) : {};
  const tables = { fibre: rows('fibre'), service: rows('service'), delivery: rows('delivery'), account: rows('account') };
  const erp = erpSite(USAGE);
  const settings = {
    currency: values.currency ?? 'CAD', products, createCustomers: values['create-customers'] ?? false,
    erp: { ...gigafibreErp, customerGroup: values['customer-group'] ?? gigafibreErp.customerGroup, territory: values.territory ?? gigafibreErp.territory, province: values.province ?? gigafibreErp.province, country: values.country ?? gigafibreErp.country },
  };
  const { report, stops, kept, failures } = await importLegacy(erp, tables, settings, { dryRun: !values.write, concurrency: readConcurrency(values.concurrency), progress: (done, of) => console.error(`${done} of ${of} documents`) });
  for (const { doctype, key, kind, hint = '' } of failures.slice(0, 20)) console.error(`failed: ${doctype} ${key} ${kind} ${hint}`);
  if (failures.length > 20) console.error(`… and ${failures.length - 20} more`);
  if (values.problems) {
    // Free drops and rows written twice are no problems.
    const lines = [
      ...stops.filter(({ is }) => is !== 'free' && is !== 'repeated').map(({ row, fibreId, is, reason, at = '' }) => [is, row, fibreId, reason, at]),
      ...kept.map(({ doctype, key, because }) => ['kept', '', key, because, doctype]), ...failures.map(({ doctype, key, kind }) => ['failed', '', key, kind, doctype]),
    ];
    writeFileSync(values.problems, ['class,row,id,reason,at', ...lines.map(csvLine)].join('\n') + '\n');
  }
  return report;
});
