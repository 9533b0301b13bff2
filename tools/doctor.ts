// npm run doctor: looks at every system the environment names, changes nothing, and says what to put right before the first order.
import { systemClock } from '../packages/http/src/send.ts';
import { examineAll } from '../packages/hub/src/doctor/examineAll.ts';

const all = await examineAll(process.env, systemClock);
if (all.length === 0) {
  console.error('No system is named. Set the variables of packages/hub/README.md, and LEADLIGHT_ERPNEXT_URL, LEADLIGHT_NETBOX_URL for the systems the nodes speak to.');
  process.exit(2);
}
for (const { system, facts, findings } of all) {
  const known = Object.entries(facts).map(([name, value]) => `${name} ${value}`).join(', ');
  console.log(`\n${findings.length === 0 ? '✓' : '✗'} ${system}${known ? `  (${known})` : ''}`);
  for (const { code, message, fix } of findings) console.log(`    ${code}: ${message}\n      → ${fix}`);
}
const findings = all.flatMap((one) => one.findings);
console.log(`\n${findings.length === 0 ? 'Nothing stands in the way of an order.' : `${findings.length} to put right.`}`);
console.log(JSON.stringify({ doctor: all.map(({ system, findings: found }) => ({ system, findings: found.map(({ code }) => code) })), ok: findings.length === 0 }));
process.exit(findings.length === 0 ? 0 : 1);
