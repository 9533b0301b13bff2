import { readFile } from 'node:fs/promises';
import type { FibreDrop } from '../../journal/src/index.ts';
import { readCells } from './readCells.ts';

const FLAG = /^(1|true|oui|yes)$/i;
const NEEDED = ['id', 'rue', 'ville', 'zip', 'olt_ip', 'frame', 'slot', 'port', 'ontid', 'sn'];

/**
 * Reads the operator's fibre table in its own words (S1-022, S1-023): `id,rue,ville,zip,latitude,longitude,olt_name,olt_ip,frame,slot,port,
 * ontid,sn,boitier_pas_install,zone,max_down_mbps`, in any order. A legacy `RESERVED-…` in `sn` is not a serial and is dropped.
 * @throws Error that names the line and column.
 */
export async function readDropsCsv(file: string): Promise<readonly FibreDrop[]> {
  return parseDropsCsv(await readFile(file, 'utf8'), file);
}

export function parseDropsCsv(csv: string, source = 'The drops CSV'): readonly FibreDrop[] {
  const [first, ...rows] = readCells(csv);
  const header = (first?.cells ?? []).map((name) => (name ?? '').trim().toLowerCase());
  for (const name of NEEDED) if (!header.includes(name)) throw new Error(`${source} has no column "${name}".`);
  return rows.map(({ line, cells }): FibreDrop => {
    const text = (name: string): string => (cells[header.indexOf(name)] ?? '').trim();
    const whole = (name: string): number => {
      const value = Number(text(name));
      if (text(name) === '' || !Number.isSafeInteger(value) || value < 0) throw new Error(`${source}, line ${line}: column "${name}" is not a whole number.`);
      return value;
    };
    const degrees = (name: string): number | null => (text(name) === '' || Number.isNaN(Number(text(name))) || Number(text(name)) === 0 ? null : Number(text(name)));
    const sn = text('sn').toUpperCase();
    return {
      fibreId: whole('id'), street: text('rue'), city: text('ville'), postalCode: text('zip').toUpperCase().replace(/^(\w{3})\s*(\w{3})$/, '$1 $2'),
      latitude: degrees('latitude'), longitude: degrees('longitude'), oltName: text('olt_name') || text('olt_ip'), oltIp: text('olt_ip'),
      frame: whole('frame'), slot: whole('slot'), port: whole('port'), ontId: whole('ontid'), sn: sn.startsWith('RESERVED-') ? '' : sn,
      boxMissing: FLAG.test(text('boitier_pas_install')), zone: text('zone') || '1', maxDownMbps: text('max_down_mbps') === '' ? 1500 : whole('max_down_mbps'),
    };
  });
}
