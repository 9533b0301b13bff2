import protobuf from 'protobufjs/light.js';
import { descriptor, services } from './descriptor.ts';

export interface Message {
  /** Only what is given is written, also when it is false, 0 or empty: Routr takes what is not on the wire as "leave it". */
  encode(value: object): Buffer;
  /** Everything, with defaults. */
  decode(bytes: Uint8Array): Record<string, unknown>;
  /** Only what was on the wire, as Routr itself reads a request. */
  decodeSparse(bytes: Uint8Array): Record<string, unknown>;
}
/** How one call's messages become bytes and back. */
export interface Method {
  /** `Agents.FindBy` */
  readonly name: string;
  /** `/fonoster.routr.connect.agents.v2beta1.Agents/FindBy` */
  readonly path: string;
  readonly request: Message;
  readonly response: Message;
}

const root = protobuf.Root.fromJSON(descriptor as never);
const AS_TEXT = { enums: String, longs: Number } as const;

function message(type: protobuf.Type): Message {
  return {
    encode: (value) => Buffer.from(type.encode(type.fromObject(value as Record<string, unknown>)).finish()),
    decode: (bytes) => type.toObject(type.decode(bytes), { ...AS_TEXT, defaults: true, arrays: true, oneofs: true }),
    decodeSparse: (bytes) => type.toObject(type.decode(bytes), AS_TEXT),
  };
}

/** Every call by its name. The simulated Routr serves the same table. */
export const methods: Readonly<Record<string, Method>> = Object.fromEntries(
  Object.entries(services).flatMap(([service, { path, calls }]) =>
    calls.map((call) => {
      const rpc = root.lookupService(path).methods[call]!.resolve() as protobuf.Method;
      const name = `${service}.${call}`;
      return [name, { name, path: `/${path}/${call}`, request: message(rpc.resolvedRequestType!), response: message(rpc.resolvedResponseType!) }];
    }),
  ),
);
