// extensions.proto: what GetExtValue can be asked for (access reference 1.3).
import { count, EMPTY, field, many, message, rpc, text, values } from './descriptorFields.ts';

const ASKED = ['distance', 'uniInfo', 'onuOpticalInfo', 'oltRxPower', 'onuActiveAlarms'] as const;

/** Messages and the call of package `extension`. @example descriptor.nested.extension.nested.GetValueRequest */
export const extension = {
  GetOnuPonOpticalInfo: message({ empty: field(1, EMPTY) }),
  GetOnuPonOpticalInfoResponse: message({
    powerFeedVoltage: field(1, 'float'), receivedOpticalPower: field(2, 'float'), meanOpticalLaunchPower: field(3, 'float'),
    laserBiasCurrent: field(4, 'float'), temperature: field(5, 'float'),
  }),
  GetDistanceRequest: message({ onuDeviceId: text(1) }),
  GetDistanceResponse: message({ distance: count(1) }),
  GetOnuUniInfoRequest: message({ uniIndex: count(1) }),
  GetOnuUniInfoResponse: message(
    { admState: field(1, 'AdministrativeState'), operState: field(2, 'OperationalState'), configInd: field(3, 'ConfigurationInd') },
    {
      nested: {
        // The official file spells it so.
        ConfigurationInd: values('UNKOWN', 'TEN_BASE_T_FDX', 'HUNDRED_BASE_T_FDX', 'GIGABIT_ETHERNET_FDX', 'TEN_G_ETHERNET_FDX', 'TEN_BASE_T_HDX', 'HUNDRED_BASE_T_HDX', 'GIGABIT_ETHERNET_HDX'),
        AdministrativeState: values('ADMSTATE_UNDEFINED', 'LOCKED', 'UNLOCKED'),
        OperationalState: values('OPERSTATE_UNDEFINED', 'ENABLED', 'DISABLED'),
      },
    },
  ),
  GetOnuOmciActiveAlarmsRequest: message({ empty: field(1, EMPTY) }),
  AlarmData: message({ class_id: count(1), instance_id: count(2), name: text(3), description: text(4) }),
  GetOnuOmciActiveAlarmsResponse: message({ active_alarms: many(1, 'AlarmData') }),
  GetOltRxPowerRequest: message({ port_label: text(1), onu_sn: text(2) }),
  RxPower: message({ onu_sn: text(1), status: text(2), fail_reason: text(3), rx_power: field(4, 'double') }),
  GetOltRxPowerResponse: message({ port_label: text(1), rx_power: many(2, 'RxPower') }),
  GetValueRequest: message(
    {
      distance: field(1, 'GetDistanceRequest'), uniInfo: field(2, 'GetOnuUniInfoRequest'), onuOpticalInfo: field(4, 'GetOnuPonOpticalInfo'),
      oltRxPower: field(11, 'GetOltRxPowerRequest'), onuActiveAlarms: field(12, 'GetOnuOmciActiveAlarmsRequest'),
    },
    { oneofs: { request: { oneof: ASKED } } },
  ),
  GetValueResponse: message(
    {
      status: field(1, 'Status'), errReason: field(2, 'ErrorReason'), distance: field(3, 'GetDistanceResponse'), uniInfo: field(4, 'GetOnuUniInfoResponse'),
      onuOpticalInfo: field(6, 'GetOnuPonOpticalInfoResponse'), oltRxPower: field(13, 'GetOltRxPowerResponse'), onuActiveAlarms: field(14, 'GetOnuOmciActiveAlarmsResponse'),
    },
    {
      oneofs: { response: { oneof: ASKED } },
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
