import { soap } from './cwmpCpe.ts';
import type { MqttBroker } from './mqttBroker.ts';
import type { NatsServer } from './natsServer.ts';
import { statusOf, type OktopusDevice } from './state.ts';
import { uspRecord } from './uspProto.ts';

export type CwmpEvent = '0 BOOTSTRAP' | '1 BOOT' | '2 PERIODIC';
const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

/** The Inform a CPE sends, which Oktopus passes on raw. */
export function informOf(device: OktopusDevice, event: CwmpEvent, at: string): string {
  const root = device.tree.has('Device.DeviceInfo.SoftwareVersion') ? 'Device' : 'InternetGatewayDevice';
  const rows = [[`${root}.DeviceInfo.SoftwareVersion`, device.version], [`${root}.ManagementServer.ConnectionRequestURL`, `http://${device.ip}:7547/cr`], [`${root}.ManagementServer.ConnectionRequestPassword`, 'cr-secret']];
  const events = event === '0 BOOTSTRAP' ? ['0 BOOTSTRAP', '1 BOOT'] : [event];
  return soap('1', `<cwmp:Inform><DeviceId><Manufacturer>${escape(device.vendor)}</Manufacturer><OUI>${device.oui}</OUI><ProductClass>${escape(device.productClass)}</ProductClass><SerialNumber>${escape(device.serial)}</SerialNumber></DeviceId><Event SOAP-ENC:arrayType="cwmp:EventStruct[${events.length}]">${events.map((one) => `<EventStruct><EventCode>${one}</EventCode><CommandKey></CommandKey></EventStruct>`).join('')}</Event><MaxEnvelopes>1</MaxEnvelopes><CurrentTime>${at}</CurrentTime><RetryCount>0</RetryCount><ParameterList SOAP-ENC:arrayType="cwmp:ParameterValueStruct[${rows.length}]">${rows.map(([name = '', value = '']) => `<ParameterValueStruct><Name>${name}</Name><Value xsi:type="xsd:string">${escape(value)}</Value></ParameterValueStruct>`).join('')}</ParameterList></cwmp:Inform>`);
}

/** What the services of Oktopus say to each other, and to whoever listens, when devices come and go (acs.md 3.6). Core NATS: said once. */
export function tells(nats: NatsServer | undefined, mqtt: MqttBroker | undefined) {
  const isNew = (device: OktopusDevice): void => nats?.publish('device.v1.new', JSON.stringify({ SN: device.serial, Model: device.transports.Cwmp === 2 ? '' : device.model, Customer: '', Vendor: device.vendor, Version: device.version, ProductClass: device.productClass, Alias: '', Status: statusOf(device), ...device.transports }));
  return {
    /** Only the first Inform since the ACS started or the device was away. */
    inform(device: OktopusDevice, event: CwmpEvent, at: string, firstEver: boolean): void {
      nats?.publish(`cwmp.v1.${device.serial}.info`, informOf(device, event, at));
      if (firstEver) isNew(device);
    },
    silent: (device: OktopusDevice): void => nats?.publish(`cwmp.v1.${device.serial}.status`, '0'),
    async agent(device: OktopusDevice, mtp: 'mqtt' | 'ws' | 'stomp', online: boolean, firstEver: boolean): Promise<void> {
      if (mtp === 'mqtt') await mqtt?.publish(`oktopus/usp/v1/status/${device.serial}`, online ? '1' : '0');
      nats?.publish(`${mtp}.usp.v1.${device.serial}.status`, online ? '1' : '0');
      if (!online) return;
      const values: readonly (readonly [string, string])[] = [['Manufacturer', device.vendor], ['ModelName', device.model], ['SoftwareVersion', device.version], ['SerialNumber', device.serial], ['ProductClass', device.productClass]];
      const info = uspRecord(device.serial, { response: { get_resp: { req_path_results: values.map(([name, value]) => ({ requested_path: `Device.DeviceInfo.${name}`, resolved_path_results: [{ resolved_path: 'Device.DeviceInfo.', result_params: { [name]: value } }] })) } } });
      nats?.publish(`${mtp}.usp.v1.${device.serial}.info`, info);
      if (firstEver) isNew(device);
    },
    /** What an agent notifies goes to a topic without its serial, where Oktopus itself does not listen. */
    boot: async (device: OktopusDevice, cause: string): Promise<void> => void (await mqtt?.publish('oktopus/usp/v1/controller', uspRecord(`os::${device.oui}-${device.serial}`, { request: { notify: { subscription_id: 'boot', event: { obj_path: 'Device.', event_name: 'Boot!', params: { Cause: cause, FirmwareUpdated: 'false' } } } } }))),
  };
}
