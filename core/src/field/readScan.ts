import { accept, refuse, type Decision } from '../kernel/decision.ts';

export type ScanKind = 'ont' | 'deco' | 'stb';

/** A label as the back office keeps it. */
export interface Scan {
  readonly kind: ScanKind;
  readonly equipmentType: 'ONT' | 'Routeur' | 'Décodeur TV';
  readonly vendor: string;
  /** Upper case, without separators. */
  readonly serialNumber: string;
  /** `AA:BB:CC:DD:EE:FF`, for devices known by their MAC. */
  readonly macAddress?: string;
}

const TYPE = { ont: 'ONT', deco: 'Routeur', stb: 'Décodeur TV' } as const;
const ONT_VENDORS: Readonly<Record<string, string>> = { RCMG: 'Raisecom', TPLG: 'TP-Link' };
const DECO_OUIS: readonly string[] = ['403F8C'];
const WANTED: Readonly<Record<ScanKind, string>> = {
  ont: 'an ONT serial: RCMG or TPLG and 8 characters 0-9 A-F, e.g. RCMG19E01234',
  deco: 'a Deco MAC: 12 characters starting with 403F8C',
  stb: 'a TV box MAC: 12 characters 0-9 A-F',
};

/** Letters a camera or a hand takes for digits. */
const unconfused = (text: string): string => text.replace(/O/g, '0').replace(/[IL]/g, '1').replace(/S/g, '5').replace(/Z/g, '2');

function recognise(code: string): Scan | null {
  // Boxes also print the vendor in hex: 52434D47 is RCMG.
  const spelled = /^([0-9A-F]{8})([0-9A-F]{8})$/.exec(code);
  const vendorCode = spelled ? spelled[1]!.replace(/../g, (pair) => String.fromCharCode(parseInt(pair, 16))) : code.slice(0, 4);
  const tail = spelled ? spelled[2]! : code.slice(4);
  const vendor = ONT_VENDORS[vendorCode];
  if (vendor) return /^[0-9A-F]{8}$/.test(tail) ? { kind: 'ont', equipmentType: TYPE.ont, vendor, serialNumber: vendorCode + tail } : null;
  if (!/^[0-9A-F]{12}$/.test(code) || /^(.)\1*$/.test(code)) return null;
  if (parseInt(code.slice(0, 2), 16) % 2 === 1) return null; // a group address is nobody's
  const kind: ScanKind = DECO_OUIS.includes(code.slice(0, 6)) ? 'deco' : 'stb';
  return { kind, equipmentType: TYPE[kind], vendor: kind === 'deco' ? 'TP-Link' : code.startsWith('001A79') ? 'Infomir' : 'unknown', serialNumber: code, macAddress: code.match(/../g)!.join(':') };
}

/**
 * Reads a barcode from the field (S1-111…113): an ONT by its serial, a Deco or a TV box by its MAC. Case, spaces, separators and a
 * leading `S/N:` or `MAC:` do not matter. Anything else is refused with a hint; a likely misread letter is named.
 * @example readScan('s/n: rcmg19e01234') // accepted { kind: 'ont', serialNumber: 'RCMG19E01234', … }
 */
export function readScan(text: unknown, expected?: ScanKind): Decision<Scan, 'scanUnreadable' | 'scanUnexpected'> {
  const wanted = expected ? WANTED[expected] : Object.values(WANTED).join('; or ');
  const unreadable = (hint: string) => refuse('scanUnreadable', 'This barcode is not equipment we install.', { path: 'scan', hint });
  if (typeof text !== 'string' || text.length > 80) return unreadable(`Scan ${wanted}.`);
  const code = text.toUpperCase().replace(/^\s*(?:GPON[\s_-]*SN|S\/?N|SERIAL(?:\s*(?:NO|NUMBER))?|MAC(?:\s*(?:ID|ADDRESS))?)\s*[:=#.]?\s*/, '').replace(/[\s:.-]/g, '');
  const scan = recognise(code);
  if (!scan) {
    const head = /^(?:RCMG|TPLG)/.exec(code)?.[0] ?? '';
    const guess = recognise(head + unconfused(code.slice(head.length)));
    return unreadable(guess && code !== '' ? `Did you mean ${guess.serialNumber}? Scan it again.` : `Scan ${wanted}.`);
  }
  if (expected && scan.kind !== expected) {
    return refuse('scanUnexpected', `This is the label of a ${scan.equipmentType}, not of a ${TYPE[expected]}.`, { path: 'scan', hint: `Scan ${WANTED[expected]}.` });
  }
  return accept(scan, `${scan.equipmentType} of ${scan.vendor}`);
}
