// npm run import:catalog -- --price-list NAME [--write]: the product catalogue into ERPNext's Items and dated Item Prices. A dry run unless
// --write is given; the last line is the report as JSON.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { checkCatalog, civilDateIn, isCivilDate, isZone, residentialCatalog, type Catalog, type OfferingFamily } from '../core/src/index.ts';
import { importCatalog } from '../packages/erpnext/src/importCatalog.ts';
import { systemClock } from '../packages/http/src/send.ts';
import { csvLine } from '../packages/hub/src/csvLine.ts';
import { erpSite, runImport } from './import/command.ts';
import { ImportFault, readExport } from './import/readExport.ts';

const USAGE = `npm run import:catalog -- --price-list NAME [options]

  --catalog FILE        the catalogue as JSON; default: the residential one of core
  --price-list NAME     into which list(s); may be given again
  --on YYYY-MM-DD       from which day the prices are in force; default today
  --zone NAME           whose today; default America/Toronto
  --group FAMILY=NAME   the Item Group of a family, e.g. fee=Frais; may be given again
  --uom NAME            default Nos
  --language fr|en      what items are called; default fr
  --company NAME        with --income-account and --cost-center: defaults written into new items
  --negative-prices     discounts get a negative price; only for sites whose Selling Settings allow negative rates
  --problems FILE       write what is to be written, remarked and left to the catalogue, as CSV
  --write               write; without it nothing is changed

  LEADLIGHT_ERPNEXT_URL, LEADLIGHT_ERPNEXT_KEY, LEADLIGHT_ERPNEXT_SECRET (of a user who may create Item and Item Price)`;

const FAMILIES: readonly OfferingFamily[] = ['internet', 'tv', 'phone', 'plan', 'addon', 'equipment', 'fee', 'discount'];

runImport('catalogImport', async () => {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({
    options: {
      catalog: text, 'price-list': { ...text, multiple: true }, on: text, zone: text, group: { ...text, multiple: true }, uom: text, language: text, company: text, 'income-account': text, 'cost-center': text,
      'negative-prices': flag, problems: text, write: flag, help: flag,
    },
  });
  if (values.help) return void console.log(USAGE);
  const priceLists = values['price-list'] ?? [];
  if (priceLists.length === 0) throw new ImportFault(`Give --price-list.\n\n${USAGE}`);
  const zone = values.zone ?? 'America/Toronto';
  if (!isZone(zone)) throw new ImportFault(`${zone} is no time zone. Use a name such as America/Toronto.`);
  const on = values.on ?? civilDateIn(systemClock.now(), zone);
  if (!isCivilDate(on)) throw new ImportFault('--on is a day written YYYY-MM-DD.');
  const language = values.language ?? 'fr';
  if (language !== 'fr' && language !== 'en') throw new ImportFault('--language is fr or en.');
  const itemGroups = Object.fromEntries((values.group ?? []).map((one) => {
    const [family = '', name = ''] = one.split(/=(.*)/s);
    if (!FAMILIES.includes(family as OfferingFamily) || name === '') throw new ImportFault(`--group ${one} is not FAMILY=NAME. Families: ${FAMILIES.join(', ')}.`);
    return [family, name];
  }));
  const erp = erpSite(USAGE);
  const { report, toWrite, problems, left, failures } = await importCatalog(erp, read(values.catalog), {
    on, priceLists: [...new Set(priceLists)], itemGroups, language, ...(values.uom ? { uom: values.uom } : {}), discountPrices: values['negative-prices'] ? 'negative' : 'none',
    ...(values.company ? { accounts: { company: values.company, ...(values['income-account'] ? { incomeAccount: values['income-account'] } : {}), ...(values['cost-center'] ? { costCenter: values['cost-center'] } : {}) } } : {}),
  }, { dryRun: !values.write });
  for (const name of report.missing) console.error(`missing: ${name}. Create it in ERPNext first; nothing is written without it.`);
  for (const { sku, reason, list = '', on: day = '' } of problems) console.error(`${reason}: ${sku} ${list} ${day}`.trim());
  for (const { step, kind, hint } of failures) console.error(`failed: ${step} ${kind} ${hint}`);
  if (values.problems) {
    const lines = [
      ...toWrite.map(({ doctype, sku, fields }) => [report.dryRun ? 'toWrite' : 'write', sku, doctype, fields['price_list'], fields['valid_from'], fields['price_list_rate']]),
      ...problems.map(({ sku, reason, list, on: day }) => ['remark', sku, reason, list, day, '']), ...left.map(({ sku, reason }) => ['left', sku, reason, '', '', '']),
    ];
    writeFileSync(values.problems, ['class,sku,what,price_list,day,rate', ...lines.map(csvLine)].join('\n') + '\n');
  }
  return report;
});

function read(file: string | undefined): Catalog {
  if (!file) return residentialCatalog;
  let json: unknown;
  try {
    json = JSON.parse(readExport(file));
  } catch (error) {
    throw error instanceof ImportFault ? error : new ImportFault(`${file} is no JSON.`);
  }
  const checked = checkCatalog(json as Catalog);
  if (checked.type === 'refused') throw new ImportFault(`${file}: ${checked.message} ${checked.hint ?? ''}`);
  for (const { message } of checked.warnings) console.error(message);
  return checked.value;
}
