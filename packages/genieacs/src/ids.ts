/** What a CPE says it is in its Inform; together they are its identity in GenieACS. */
export interface DeviceIdParts {
  readonly oui: string;
  readonly productClass?: string;
  readonly serial: string;
}

const encoder = new TextEncoder();

/**
 * One part of a device id as GenieACS stores it: every UTF-8 byte outside `[A-Za-z0-9_]` becomes `%XX` (acs.md 1.3).
 * @example escapeIdPart('HT803G-W') // 'HT803G%2DW'
 */
export function escapeIdPart(part: string): string {
  let out = '';
  for (const byte of encoder.encode(part)) {
    const char = String.fromCharCode(byte);
    out += /[A-Za-z0-9_]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}

/**
 * The `_id` of a device, computed from what it reports; without a product class the part is left out altogether.
 * @example deviceId({ oui: '000E5E', productClass: 'HT803G-W', serial: 'RCMG19E0AAAA' }) // '000E5E-HT803G%2DW-RCMG19E0AAAA'
 */
export function deviceId({ oui, productClass, serial }: DeviceIdParts): string {
  return [oui, ...(productClass ? [productClass] : []), serial].map(escapeIdPart).join('-');
}

/**
 * One segment of an NBI path: ids, tags, names and fault ids. Stricter than `encodeURIComponent`, since the NBI's routes refuse a
 * raw `.`; an id that already holds `%2D` leaves as `%252D`, which is what the NBI expects (acs.md 0.5).
 * @throws RangeError when the text is empty or no valid Unicode.
 * @example segment('000E5E-HT803G%2DW-R1') // '000E5E-HT803G%252DW-R1'
 * @example segment('a.b c') // 'a%2Eb%20c'
 */
export function segment(text: string): string {
  if (text === '') throw new RangeError('an empty text cannot stand in a path');
  let encoded: string;
  try {
    encoded = encodeURIComponent(text);
  } catch {
    throw new RangeError('a text with half a surrogate pair cannot stand in a path');
  }
  return encoded.replace(/[.!~*'()]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Whether it has the shape of a Mongo object id; anything else in `/tasks/<id>` kills an NBI worker. @example isTaskId('zzz') // false */
export function isTaskId(text: unknown): text is string {
  return typeof text === 'string' && /^[0-9a-fA-F]{24}$/.test(text);
}
