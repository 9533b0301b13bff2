// The part of voltha-protos 5.7 this client speaks, as data: no .proto files are read at run time, so any bundler can carry it.
// Fields left out are skipped when they arrive. test/protos.contract.test.ts compares it with the official files.
import { device, voltha } from './descriptorDevice.ts';
import { extension } from './descriptorExtension.ts';
import { count, message, text, values } from './descriptorFields.ts';

const common = {
  ID: message({ id: text(1) }),
  AdminState: message({}, { nested: { Types: values('UNKNOWN', 'PREPROVISIONED', 'ENABLED', 'DISABLED', 'DOWNLOADING_IMAGE') } }),
  OperStatus: message({}, { nested: { Types: values('UNKNOWN', 'DISCOVERED', 'ACTIVATING', 'TESTING', 'ACTIVE', 'FAILED', 'RECONCILING', 'RECONCILING_FAILED', 'REBOOTED') } }),
  ConnectStatus: message({}, { nested: { Types: values('UNKNOWN', 'UNREACHABLE', 'REACHABLE') } }),
};

/** protobufjs JSON descriptor. @example protobuf.Root.fromJSON(descriptor).lookupType('device.Device') */
export const descriptor = {
  nested: {
    google: { nested: { protobuf: { nested: { Empty: message({}) } } } },
    common: { nested: common },
    openflow_13: { nested: { ofp_port: message({ port_no: count(1), name: text(3), state: count(5), curr_speed: count(10), max_speed: count(11) }) } },
    device: { nested: device },
    extension: { nested: extension },
    voltha: { nested: voltha },
  },
};

/** The calls, by the short name used everywhere else. @example services['extension.Extension'] // ['GetExtValue'] */
export const services = {
  'voltha.VolthaService': Object.keys(voltha.VolthaService.methods),
  'extension.Extension': Object.keys(extension.Extension.methods),
} as const;
