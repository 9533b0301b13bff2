import { accept, refuse, type Decision } from '../kernel/decision.ts';

/** One serial in the spellings the systems use. */
export interface OntSerial {
  /** Four letters of the maker (G.988 vendor id). */
  readonly vendor: string;
  /** Maker and eight lower-case hex digits, as VOLTHA and ACS keep it: `ALPHe3d1cfab`. */
  readonly serial: string;
  /** All capitals, as labels and the ERP show it: `ALPHE3D1CFAB`. */
  readonly label: string;
  /** Sixteen hex digits, as OLTs and barcodes may print it: `414C5048E3D1CFAB`. */
  readonly hex: string;
}

/**
 * Reads the serial of an ONT from a label, barcode or system: maker + 8 hex digits or 16 hex digits, in any case, with spaces or dashes
 * (access reference 1.4, S1-111).
 * @example ontSerial('414C5048E3D1CFAB') // accepted: { serial: 'ALPHe3d1cfab', … }
 */
export function ontSerial(text: string): Decision<OntSerial, 'badSerial'> {
  const plain = text.trim().replace(/[\s:-]/g, '').toUpperCase();
  let vendor = plain.slice(0, 4);
  let rest = plain.slice(4);
  if (/^[0-9A-F]{16}$/.test(plain)) {
    vendor = plain.slice(0, 8).replace(/../g, (pair) => String.fromCharCode(parseInt(pair, 16))).toUpperCase();
    rest = plain.slice(8);
  }
  // Twelve hex digits are a MAC; a router's barcode must never pass for an ONT (S1-112).
  if (/^[0-9A-F]{12}$/.test(plain) || !/^[A-Z0-9]{4}$/.test(vendor) || !/^[0-9A-F]{8}$/.test(rest)) {
    return refuse('badSerial', 'This is not the serial of an ONT.', { path: 'serial', hint: 'Four letters and eight hex digits (RCMG19E01234) or sixteen hex digits; a MAC address is not it.' });
  }
  const hexVendor = [...vendor].map((letter) => letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')).join('');
  return accept({ vendor, serial: vendor + rest.toLowerCase(), label: vendor + rest, hex: hexVendor + rest }, `ONT of ${vendor}`);
}

/** Whether two spellings mean the same ONT; what cannot be read is the same as nothing. @example sameOnt('ALPHe3d1cfab', '414C5048E3D1CFAB') // true */
export function sameOnt(a: string, b: string): boolean {
  const [one, other] = [ontSerial(a), ontSerial(b)];
  return one.type === 'accepted' && other.type === 'accepted' && one.value.hex === other.value.hex;
}
