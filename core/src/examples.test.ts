// Every `@example expression // value` of core's doc comments, run. A value that is a literal must be exactly that (`…` leaves the rest of
// an object open); `accepted <literal>` and `refused code, path` are read as decisions; anything else is prose and is left out.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import * as core from './index.ts';
import { orderOf, reading, seedCheckout, seedDrop } from './ordering/seedCheckout.fixture.ts';
import { deviceFacts } from './network/deviceFacts.fixture.ts';
import { readFacts } from './care/factReader.ts';
import { acsFacts, acsPlan } from './network/acsMigration.testkit.ts';

interface Example { readonly file: string; readonly expression: string; readonly says: string }
type Check = (actual: unknown) => void;

const order = orderOf();
const plan = core.planFulfilment({ orderId: 'ord_1', services: [{ sku: 'FTTH150I', type: 'internet' }] });
const documents = core.decomposeOrder(order, seedDrop, { erp: core.gigafibreErp });
/** The names examples use without saying where they come from. */
const stage: Readonly<Record<string, unknown>> = {
  acsFacts, acsPlan,
  order, plan, documents, drop: seedDrop, payload: seedCheckout, context: { ...reading, on: reading.today, firstTvBox: true }, quote: order.quote, taxTable: core.canadaTaxTable,
  project: documents.find(({ step }) => step === 'project'), state: core.saga.initial(plan), step: plan.steps[0], declined: core.refuse('declined', 'The card was declined.'),
  facts: readFacts({ customerName: 'Jean' }, 'fr', 'email'), serv911: core.findOffering(core.residentialCatalog, 'SERV911'),
  chosen: value(core.selectOfferings({ services: order.services.map(({ sku, type }) => ({ sku, type })) }, core.residentialCatalog)),
  bill: value(core.firstInvoice({ orderId: 'ord_1', account: { zone: 'America/Toronto', currency: 'CAD', jurisdiction: 'CA-QC', anchorDay: 1 }, lines: [{ sku: 'FTTH150I', description: 'Internet 150', charge: 'mrc', amountMinor: 9995 }], activatedAt: '2026-04-13T14:20:00Z', prepaymentMinor: 11492, taxTable: core.canadaTaxTable })),
  aCase: { leadKey: 'wl_1', form: { choice: 'notify', address: { rue: '12 rue X', ville: 'Ormstown' } }, email: 'marie@example.ca', where: '12 rue X, Ormstown', interest: 'Fibre Waitlist' },
  ont: value(core.resolveModel({ productClass: 'HT803G-W' })), router: value(core.resolveModel({ productClass: 'Device2', modelName: 'XX230v' })),
  compiled: value(core.compileProfile(value(core.resolveModel({ productClass: 'Device2', modelName: 'XX230v' })), { 'upnp.enabled': false }, deviceFacts['tplink-xx230v']!)),
  input: { account: { zone: 'America/Toronto', currency: 'CAD', jurisdiction: 'CA-QC' }, activatedAt: '2026-04-13T14:20:00Z' },
};

function value<T>(decision: core.Decision<T>): T {
  if (decision.type === 'refused') throw new Error(decision.code);
  return decision.value;
}

/** A no-break space reads as a space in a comment. */
const spaces = (actual: unknown): unknown => (typeof actual === 'string' ? actual.replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ') : actual);

function evaluate(expression: string, scope: Readonly<Record<string, unknown>> = {}): unknown {
  return new Function(...Object.keys(scope), `'use strict'; return (${expression});`)(...Object.values(scope));
}

/** A literal, perhaps with `…` for what is left out; undefined when the words are no literal. */
function literal(says: string): Check | undefined {
  if (!/^(['"[{]|-?\d|true\b|false\b|null\b|undefined\b)/.test(says)) return undefined;
  const open = says.replace(/,\s*…(?=\s*[}\]])/g, '').replace(/([{[])\s*…,\s*/g, '$1 ');
  if (open.includes('…')) return undefined;
  try {
    const expected = evaluate(`(${open})`);
    return open === says ? (actual) => expect(actual).toEqual(expected) : (actual) => expect(actual).toMatchObject(expected as object);
  } catch {
    return undefined;
  }
}

function checkOf(says: string): Check | undefined {
  const accepted = /^accepted:? (.+)$/.exec(says)?.[1];
  const inner = accepted && literal(accepted);
  if (inner) return (actual) => inner(value(actual as core.Decision<unknown>));
  const [, code, path] = /^refused (\w+)(?:, (\S+))?$/.exec(says) ?? [];
  if (code) return (actual) => expect(actual).toMatchObject({ type: 'refused', code, ...(path && { path }) });
  return literal(says);
}

const sources = (readdirSync(__dirname, { recursive: true, encoding: 'utf8' })).map((path) => path.replaceAll('\\', '/')).filter((path) => path.endsWith('.ts') && !/\.(test|testkit|fixture)\.ts$/.test(path)).sort();
const examples = sources.flatMap((file): Example[] =>
  [...readFileSync(join(__dirname, file), 'utf8').matchAll(/@example (.+?) \/\/ (.+?)(?: \*\/)?$/gm)].map(([, expression, says]) => ({ file, expression: expression!, says: says! })));
const [run, prose] = [examples.filter(({ says }) => checkOf(says)), examples.filter(({ says }) => !checkOf(says))];

test.each(run)('$file: $expression → $says', ({ file, expression, says }) => {
  // In a doc comment an example may use what its own file exports, the lifecycle's words, and all of core.
  const own = jest.requireActual<Record<string, unknown>>(`./${relative(__dirname, join(__dirname, file)).replaceAll('\\', '/')}`);
  checkOf(says)!(spaces(evaluate(expression, { ...core, ...core.saga, ...stage, ...own })));
});

test('most examples are run', () => {
  process.stdout.write(`${run.length} examples of core's doc comments run, ${prose.length} are prose: ${prose.map(({ expression }) => /^[\w.]+/.exec(expression)?.[0]).join(', ')}\n`);
  expect(run.length).toBeGreaterThan(100);
  expect(prose.length).toBeLessThan(run.length / 10);
});
