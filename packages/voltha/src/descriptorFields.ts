// Words for writing a protobufjs JSON descriptor.
export interface Field {
  readonly type: string;
  readonly id: number;
  readonly rule?: 'repeated';
}
/** One field. @example field(16, 'common.AdminState.Types') // { id: 16, type: 'common.AdminState.Types' } */
export const field = (id: number, type: string): Field => ({ id, type });
/** A repeated field. @example many(1, 'Device') // { id: 1, type: 'Device', rule: 'repeated' } */
export const many = (id: number, type: string): Field => ({ id, type, rule: 'repeated' });
/** A string field. @example text(1) // { id: 1, type: 'string' } */
export const text = (id: number): Field => field(id, 'string');
/** An unsigned number of 32 bits. @example count(1) // { id: 1, type: 'uint32' } */
export const count = (id: number): Field => field(id, 'uint32');
/** Yes or no. @example flag(3) // { id: 3, type: 'bool' } */
export const flag = (id: number): Field => field(id, 'bool');

/** Enum values from names in order, starting at 0. @example values('NO', 'YES') // { values: { NO: 0, YES: 1 } } */
export const values = (...names: readonly string[]) => ({ values: Object.fromEntries(names.map((name, index) => [name, index])) });
/** A message of these fields, with nested types or oneofs in `more`. @example message({ id: text(1) }) */
export const message = (fields: Readonly<Record<string, Field>>, more: object = {}) => ({ fields, ...more });
/** One call. @example rpc('common.ID', EMPTY) */
export const rpc = (requestType: string, responseType: string) => ({ requestType, responseType });
export const EMPTY = 'google.protobuf.Empty';
