import type { DemandRow } from '../apiAddresses.ts';

const WIDTH = 960;
const HEIGHT = 640;
const EDGE = 60;
const LEGEND = 250;
const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
const dollars = (minor: number): string => `${Math.round(minor / 100).toLocaleString('en-CA').replace(/,/g, ' ')} $`;

/**
 * Where people ask and there is no fibre yet, as a picture: a circle per municipality, its area the monthly revenue to expect, its colour
 * how many of those who asked wait for it. It needs no map server, so it can stand in a report.
 */
export function demandPicture(rows: readonly DemandRow[], title = 'Where to build next'): string {
  const placed = rows.filter((row): row is DemandRow & { latitude: number; longitude: number } => row.latitude !== null && row.longitude !== null);
  const lats = placed.map(({ latitude }) => latitude);
  const lngs = placed.map(({ longitude }) => longitude);
  const [south, north, west, east] = [Math.min(...lats), Math.max(...lats), Math.min(...lngs), Math.max(...lngs)];
  const narrow = Math.cos(((south + north) / 2) * (Math.PI / 180));
  const room = { x: WIDTH - LEGEND - 2 * EDGE, y: HEIGHT - 2 * EDGE - 30 };
  const scale = Math.min(room.x / Math.max(0.02, (east - west) * narrow), room.y / Math.max(0.02, north - south));
  const x = (lng: number): number => EDGE + room.x / 2 + (lng - (west + east) / 2) * narrow * scale;
  const y = (lat: number): number => EDGE + 30 + room.y / 2 - (lat - (south + north) / 2) * scale;
  const most = Math.max(1, ...placed.map(({ expectedMrcMinor }) => expectedMrcMinor));
  const radius = (minor: number): number => 5 + 34 * Math.sqrt(minor / most);
  const colour = ({ asked, waiting }: DemandRow): string => `hsl(${Math.round(205 - 175 * Math.min(1, waiting / Math.max(1, asked + waiting)))} 75% 45%)`;
  const bySize = [...placed].sort((a, b) => b.expectedMrcMinor - a.expectedMrcMinor);
  const named: { left: number; right: number; top: number }[] = [];
  const circles = bySize.map((row, i) => {
    const [cx, cy, r] = [x(row.longitude), y(row.latitude), radius(row.expectedMrcMinor)];
    // A name where none stands yet; smaller circles keep theirs for the list.
    const half = row.municipality.length * 3.6;
    const top = cy + r + 13;
    const free = i < 14 && !named.some((one) => one.left < cx + half && one.right > cx - half && Math.abs(one.top - top) < 14);
    if (free) named.push({ left: cx - half, right: cx + half, top });
    return `<circle cx="${cx.toFixed(1)}" cy="${cy.toFixed(1)}" r="${r.toFixed(1)}" fill="${colour(row)}" fill-opacity="0.72" stroke="#fff" stroke-width="1.5"><title>${escape(`${row.municipality}: ${row.asked} asked, ${row.waiting} wait, ${dollars(row.expectedMrcMinor)} a month`)}</title></circle>${free ? `<text x="${cx.toFixed(1)}" y="${top.toFixed(1)}" text-anchor="middle" font-size="12" fill="#334">${escape(row.municipality)}</text>` : ''}`;
  });
  const list = bySize.slice(0, 14).map((row, i) => `<text x="${WIDTH - LEGEND}" y="${110 + i * 30}" font-size="13" fill="#223">${i + 1}. ${escape(row.municipality.slice(0, 28))}</text><text x="${WIDTH - LEGEND}" y="${124 + i * 30}" font-size="11" fill="#667">${row.asked} asked · ${row.waiting} wait · ${dollars(row.expectedMrcMinor)} a month</text>`);
  const empty = placed.length === 0 ? `<text x="${(WIDTH - LEGEND) / 2}" y="${HEIGHT / 2}" text-anchor="middle" font-size="16" fill="#667">Nobody has asked where there is no fibre yet.</text>` : '';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" role="img" aria-label="${escape(title)}">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#f7f8fa"/><rect x="${EDGE / 2}" y="62" width="${WIDTH - LEGEND - EDGE}" height="${HEIGHT - 92}" rx="10" fill="#fff" stroke="#dde2ea"/>
<text x="${EDGE / 2}" y="36" font-size="20" font-weight="600" fill="#223">${escape(title)}</text><text x="${EDGE / 2}" y="54" font-size="12" fill="#667">Area: expected revenue a month. Blue: they asked; red: they wait to be told.</text>
${circles.join('\n')}${empty}
<text x="${WIDTH - LEGEND}" y="84" font-size="14" font-weight="600" fill="#223">Most expected</text>
${list.join('\n')}
</svg>
`;
}
