// A household's year on a calendar: `npm run months`, or with a policy of your own: `npm run months -- policy.json`.
import { readFileSync } from 'node:fs';
import { addDays, daysInMonth, defaultDunningPolicy, quebecHolidays, weekday, type DunningPolicy } from '@leadlight/core';
import { playYear, type Entry } from './year.ts';

const file = process.argv[2];
const policy = { ...defaultDunningPolicy, holidays: quebecHolidays(2026), ...(file ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<DunningPolicy>) : {}) };

function grid(year: number, month: number, entries: readonly Entry[]): readonly string[] {
  const first = `${year}-${String(month).padStart(2, '0')}-01`;
  const cells = Array.from({ length: weekday(first) - 1 }, () => '');
  for (let n = 0; n < daysInMonth(year, month); n += 1) {
    const day = addDays(first, n);
    cells.push(`${n + 1}${[...new Set(entries.filter((one) => one.day === day).map(({ mark }) => mark))].join('')}`);
  }
  const rows: string[] = [];
  for (let i = 0; i < cells.length; i += 7) rows.push(cells.slice(i, i + 7).map((cell) => cell.padEnd(8)).join('').trimEnd());
  return ['Mo      Tu      We      Th      Fr      Sa      Su', ...rows];
}

const entries = playYear(policy);
console.log(`One household, 2026, dunning policy ${policy.version}${file ? ` of ${file}` : ''}`);
console.log('I bill  P paid  x declined  N notice  R reminder  S suspended  L light again  F fee  T terminated\n');
for (let month = 1; month <= 12; month += 1) {
  const name = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, month - 1, 1));
  const mine = entries.filter((one) => Number(one.day.slice(5, 7)) === month);
  console.log([`── ${name} ${'─'.repeat(50 - name.length)}`, ...grid(2026, month, mine), '', ...mine.map((one) => `  ${one.day} ${one.mark}  ${one.text}`), ''].join('\n'));
}
