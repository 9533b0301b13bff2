// The lines of docs/built-in-nodes.md marked ●, held to n8n's own nodes as they are installed.
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../../..');
const document = readFileSync(join(root, 'docs/built-in-nodes.md'), 'utf8');
const n8n = join(root, 'runtime/node_modules/n8n/package.json');
const here = existsSync(n8n) ? test : test.skip;
const folder = (): string => join(dirname(createRequire(realpathSync(n8n)).resolve('n8n-nodes-base/package.json')), 'dist/nodes');
/** Every JavaScript file of a node's folder as one text. */
const source = (name: string): string => {
  const texts: string[] = [];
  const walk = (at: string): void => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      if (entry.isDirectory()) walk(join(at, entry.name));
      else if (entry.name.endsWith('.js')) texts.push(readFileSync(join(at, entry.name), 'utf8'));
    }
  };
  walk(join(folder(), name));
  return texts.join('\n');
};
const resources = (file: string, name: string): string[] => {
  const load = createRequire(realpathSync(n8n)) as (path: string) => Record<string, new () => { description: { properties: { name: string; options?: { value: string }[] }[] } }>;
  const { properties } = new (load(`n8n-nodes-base/dist/nodes/${file}`)[name]!)().description;
  return properties.find((one) => one.name === 'resource')!.options!.map(({ value }) => value).sort();
};
const marked = (service: string) => document.split('\n').find((line) => line.startsWith(`| ${service} |`)) ?? '';

here('Stripe knows no payment intents, refunds or payment methods, and sends no idempotency key', () => {
  expect(resources('Stripe/Stripe.node.js', 'Stripe')).toEqual(['balance', 'charge', 'coupon', 'customer', 'customerCard', 'meterEvent', 'source', 'token']);
  expect(source('Stripe')).not.toMatch(/Idempotency-Key/i);
  expect(marked('Stripe')).toContain('no payment intents, refunds or payment methods ●');
});
here('Stripe Trigger lets everything pass without a signing secret', () => {
  expect(source('Stripe')).toMatch(/if \(!signingSecret\) \{\s*return true;/);
  expect(marked('Stripe Trigger')).toContain('●');
});
here('PayPal has payouts only, and its trigger skips the check in the sandbox', () => {
  expect(resources('PayPal/PayPal.node.js', 'PayPal')).toEqual(['payout', 'payoutItem']);
  expect(source('PayPal')).toMatch(/=== 'sanbox'\) \{\s*return/);
});
here('Supabase hides functions', () => {
  expect(resources('Supabase/Supabase.node.js', 'Supabase')).toEqual(['row']);
  expect(source('Supabase')).toContain("path.startsWith('/rpc/')");
});
here('Twilio and Mailjet have fixed addresses, and Mailjet sets no CustomID', () => {
  expect(source('Twilio')).toContain('https://api.twilio.com/2010-04-01/');
  expect(source('Mailjet')).toContain('https://api.mailjet.com');
  expect(source('Mailjet')).not.toContain('CustomID');
});
here('there is no node for the systems this pack brings, nor for Routr, Fonoster, Traccar and the Azure Marketplace', () => {
  const all = readdirSync(folder(), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.node.js'));
  expect(all.length).toBeGreaterThan(300);
  expect(all.filter((path) => /(Routr|Fonoster|Traccar|Marketplace|GenieAcs|Oktopus|NetBox|Radius|Voltha|Mapbox)[^/]*\.node\.js$/i.test(path))).toEqual([]);
});
test('[S1-170] the page names every system of the list and what serves it', () => {
  const table = document.slice(document.indexOf('## Every system'));
  for (const system of ['Supabase', 'ERPNext', 'SSE relay and API proxy', 'n8n', 'GenieACS', 'Oktopus', 'Stripe', 'Twilio', 'Mailjet', 'Mapbox', 'Traccar', 'Fonoster', 'Routr', 'MariaDB', 'MongoDB']) expect(table).toMatch(new RegExp(`^\\| [^|]*${system}[^|]* \\| [^|]{3,} \\| [^|]+ \\|`, 'm'));
});
