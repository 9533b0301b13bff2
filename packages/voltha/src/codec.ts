import protobuf from 'protobufjs/light.js';
import { descriptor, services } from './descriptor.ts';

/** How one call's messages become bytes and back. */
export interface Method {
  /** Short name: `ListDevices`. */
  readonly name: string;
  /** `/voltha.VolthaService/ListDevices` */
  readonly path: string;
  readonly request: Message;
  readonly response: Message;
}
export interface Message {
  encode(value: object): Buffer;
  decode(bytes: Uint8Array): Record<string, unknown>;
}

const root = protobuf.Root.fromJSON(descriptor as never);

/**
 * One message type. Enums read as their names and, when the server knows a newer one, as the bare number; 64-bit values as numbers;
 * fields this client does not know are skipped (contract 2).
 * @example message('common.ID').encode({ id: 'onu-1' })
 */
export function message(type: string): Message {
  const found = root.lookupType(type);
  return {
    encode: (value) => Buffer.from(found.encode(found.fromObject(value as Record<string, unknown>)).finish()),
    decode: (bytes) => found.toObject(found.decode(bytes), { enums: String, longs: Number, defaults: true, arrays: true, oneofs: true }),
  };
}

/** Every call by its short name. The simulated core serves the same table. */
export const methods: Readonly<Record<string, Method>> = Object.fromEntries(
  Object.entries(services).flatMap(([service, names]) =>
    names.map((name) => {
      const rpc = root.lookupService(service).methods[name]!.resolve() as protobuf.Method;
      const full = (type: protobuf.Type | null) => message(type!.fullName.slice(1));
      return [name, { name, path: `/${service}/${name}`, request: full(rpc.resolvedRequestType), response: full(rpc.resolvedResponseType) }];
    }),
  ),
);
