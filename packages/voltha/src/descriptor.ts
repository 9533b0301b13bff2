// The part of voltha-protos 5.7 this client speaks, as data: no .proto files are read at run time, so any bundler can carry it.
// Fields left out are skipped when they arrive. Numbers: access reference 1.3.

interface Field {
  readonly type: string;
  readonly id: number;
  readonly rule?: 'repeated';
}
const field = (id: number, type: string): Field => ({ id, type });
const many = (id: number, type: string): Field => ({ id, type, rule: 'repeated' });
const text = (id: number): Field => field(id, 'string');
const count = (id: number): Field => field(id, 'uint32');

/** Enum values from names in order, starting at 0. */
const values = (...names: readonly string[]) => ({ values: Object.fromEntries(names.map((name, index) => [name, index])) });
const message = (fields: Readonly<Record<string, Field>>, more: object = {}) => ({ fields, ...more });
const rpc = (requestType: string, responseType: string) => ({ requestType, responseType });
const EMPTY = 'google.protobuf.Empty';
const onDevice = rpc('common.ID', EMPTY);

const common = {
  ID: message({ id: text(1) }),
  AdminState: message({}, { nested: { Types: values('UNKNOWN', 'PREPROVISIONED', 'ENABLED', 'DISABLED', 'DOWNLOADING_IMAGE') } }),
  OperStatus: message({}, { nested: { Types: values('UNKNOWN', 'DISCOVERED', 'ACTIVATING', 'TESTING', 'ACTIVE', 'FAILED', 'RECONCILING', 'RECONCILING_FAILED', 'REBOOTED') } }),
  ConnectStatus: message({}, { nested: { Types: values('UNKNOWN', 'UNREACHABLE', 'REACHABLE') } }),
};

const device = {
  Device: message(
    {
      id: text(1), type: text(2), root: field(3, 'bool'), parent_id: text(4), vendor: text(5), model: text(6), hardware_version: text(7),
      firmware_version: text(8), serial_number: text(10), mac_address: text(13), ipv4_address: text(14), ipv6_address: text(15),
      admin_state: field(16, 'common.AdminState.Types'), oper_status: field(17, 'common.OperStatus.Types'),
      connect_status: field(18, 'common.ConnectStatus.Types'), proxy_address: field(19, 'ProxyAddress'), parent_port_no: count(20),
      host_and_port: text(21), reason: text(22), vendor_id: text(24),
    },
    {
      oneofs: { address: { oneof: ['ipv4_address', 'ipv6_address', 'host_and_port'] } },
      nested: { ProxyAddress: message({ device_id: text(1), device_type: text(2), channel_id: count(3), onu_id: count(6) }) },
    },
  ),
  Devices: message({ items: many(1, 'Device') }),
  Port: message(
    {
      port_no: count(1), label: text(2), type: field(3, 'PortType'), admin_state: field(5, 'common.AdminState.Types'),
      oper_status: field(6, 'common.OperStatus.Types'), device_id: text(7), ofp_port: field(15, 'openflow_13.ofp_port'),
    },
    { nested: { PortType: values('UNKNOWN', 'ETHERNET_NNI', 'ETHERNET_UNI', 'PON_OLT', 'PON_ONU', 'VENET_OLT', 'VENET_ONU') } },
  ),
  Ports: message({ items: many(1, 'Port') }),
};

const extension = {
  GetOnuPonOpticalInfo: message({ empty: field(1, EMPTY) }),
  GetOnuPonOpticalInfoResponse: message({
    powerFeedVoltage: field(1, 'float'), receivedOpticalPower: field(2, 'float'), meanOpticalLaunchPower: field(3, 'float'),
    laserBiasCurrent: field(4, 'float'), temperature: field(5, 'float'),
  }),
  GetDistanceRequest: message({ onuDeviceId: text(1) }),
  GetDistanceResponse: message({ distance: count(1) }),
  GetOltRxPowerRequest: message({ port_label: text(1), onu_sn: text(2) }),
  RxPower: message({ onu_sn: text(1), status: text(2), fail_reason: text(3), rx_power: field(4, 'double') }),
  GetOltRxPowerResponse: message({ port_label: text(1), rx_power: many(2, 'RxPower') }),
  GetValueRequest: message(
    { distance: field(1, 'GetDistanceRequest'), onuOpticalInfo: field(4, 'GetOnuPonOpticalInfo'), oltRxPower: field(11, 'GetOltRxPowerRequest') },
    { oneofs: { request: { oneof: ['distance', 'onuOpticalInfo', 'oltRxPower'] } } },
  ),
  GetValueResponse: message(
    {
      status: field(1, 'Status'), errReason: field(2, 'ErrorReason'), distance: field(3, 'GetDistanceResponse'),
      onuOpticalInfo: field(6, 'GetOnuPonOpticalInfoResponse'), oltRxPower: field(13, 'GetOltRxPowerResponse'),
    },
    {
      oneofs: { response: { oneof: ['distance', 'onuOpticalInfo', 'oltRxPower'] } },
      nested: {
        Status: values('STATUS_UNDEFINED', 'OK', 'ERROR'),
        ErrorReason: values('REASON_UNDEFINED', 'UNSUPPORTED', 'INVALID_DEVICE_ID', 'INVALID_PORT_TYPE', 'TIMEOUT', 'INVALID_REQ_TYPE', 'INTERNAL_ERROR', 'INVALID_DEVICE'),
      },
    },
  ),
  SingleGetValueRequest: message({ targetId: text(1), request: field(2, 'GetValueRequest') }),
  SingleGetValueResponse: message({ response: field(1, 'GetValueResponse') }),
  Extension: { methods: { GetExtValue: rpc('SingleGetValueRequest', 'SingleGetValueResponse') } },
};

const voltha = {
  Voltha: message({ version: text(1) }),
  VolthaService: {
    methods: {
      GetVoltha: rpc(EMPTY, 'Voltha'),
      ListDevices: rpc(EMPTY, 'device.Devices'),
      GetDevice: rpc('common.ID', 'device.Device'),
      CreateDevice: rpc('device.Device', 'device.Device'),
      EnableDevice: onDevice,
      DisableDevice: onDevice,
      RebootDevice: onDevice,
      DeleteDevice: onDevice,
      ListDevicePorts: rpc('common.ID', 'device.Ports'),
    },
  },
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

/** The calls, by the short name used everywhere else. */
export const services = {
  'voltha.VolthaService': Object.keys(voltha.VolthaService.methods),
  'extension.Extension': Object.keys(extension.Extension.methods),
} as const;
