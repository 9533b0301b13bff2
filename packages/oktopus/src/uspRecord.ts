/** What a USP Record says that matters here: parameters of a Get answer, or an event the device notifies. */
export type UspTold = { readonly type: 'values'; readonly from: string; readonly values: Readonly<Record<string, string>> } | { readonly type: 'event'; readonly from: string; readonly object: string; readonly name: string; readonly params: Readonly<Record<string, string>> } | { readonly type: 'onBoard'; readonly from: string; readonly oui: string; readonly productClass: string; readonly serial: string } | { readonly type: 'other'; readonly from: string };

interface Field { readonly number: number; readonly bytes: Uint8Array }

/** The length-delimited fields of a protobuf message; the others are passed over. Own and small: the hub reads five messages of USP. */
function fieldsOf(bytes: Uint8Array): readonly Field[] {
  const found: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error('a message that ends too early');
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new Error('a number that is too long');
  };
  while (at < bytes.length) {
    const tag = varint();
    const number = Math.floor(tag / 8);
    const wire = tag % 8;
    if (number === 0) throw new Error('a field without a number');
    if (wire === 0) varint();
    else if (wire === 1) at += 8;
    else if (wire === 5) at += 4;
    else if (wire === 2) {
      const length = varint();
      if (at + length > bytes.length) throw new Error('a field longer than its message');
      found.push({ number, bytes: bytes.subarray(at, at + length) });
      at += length;
    } else throw new Error('a field of an unknown form');
    if (at > bytes.length) throw new Error('a message that ends too early');
  }
  return found;
}

const text = (bytes: Uint8Array | undefined): string => (bytes ? new TextDecoder('utf-8', { fatal: true }).decode(bytes) : '');
const last = (fields: readonly Field[], number: number): Uint8Array | undefined => fields.findLast((one) => one.number === number)?.bytes;
const inside = (bytes: Uint8Array | undefined, ...path: readonly number[]): readonly Field[] => path.reduce<readonly Field[]>((fields, number) => fieldsOf(last(fields, number) ?? new Uint8Array()), fieldsOf(bytes ?? new Uint8Array()));
const all = (fields: readonly Field[], number: number): readonly Field[][] => fields.filter((one) => one.number === number).map((one) => [...fieldsOf(one.bytes)]);
const map = (fields: readonly Field[], number: number): Record<string, string> => Object.fromEntries(all(fields, number).map((entry) => [text(last(entry, 1)), text(last(entry, 2))]));

/**
 * Reads a USP Record (TR-369) that carries a Get answer or a Notify.
 * @throws Error that says what is wrong with the bytes
 * @example readUspRecord(new Uint8Array()).type // 'other'
 */
export function readUspRecord(bytes: Uint8Array): UspTold {
  const record = fieldsOf(bytes);
  const from = text(last(record, 3));
  const payload = last(fieldsOf(last(record, 7) ?? new Uint8Array()), 2);
  const body = inside(payload, 2);
  const got = last(fieldsOf(last(body, 2) ?? new Uint8Array()), 1);
  if (got) {
    const values: Record<string, string> = {};
    for (const requested of all(fieldsOf(got), 1)) for (const resolved of all(requested, 4)) for (const [name, value] of Object.entries(map(resolved, 2))) values[`${text(last(resolved, 1))}${name}`] = value;
    return { type: 'values', from, values };
  }
  const notify = fieldsOf(last(fieldsOf(last(body, 1) ?? new Uint8Array()), 8) ?? new Uint8Array());
  const event = last(notify, 3);
  if (event) return { type: 'event', from, object: text(last(fieldsOf(event), 1)), name: text(last(fieldsOf(event), 2)), params: map(fieldsOf(event), 3) };
  const onBoard = last(notify, 8);
  if (onBoard) return { type: 'onBoard', from, oui: text(last(fieldsOf(onBoard), 1)), productClass: text(last(fieldsOf(onBoard), 2)), serial: text(last(fieldsOf(onBoard), 3)) };
  return { type: 'other', from };
}
