import { isVendorError, type Instant } from '../../../core/src/index.ts';
import type { Nbi } from './call.ts';
import { connectionRequest } from './connectionRequest.ts';
import type { Devices } from './devices.ts';
import { faults } from './faults.ts';
import { pingFromDevice, pingHost, type DevicePing, type DevicePingOptions, type HostPing } from './ping.ts';
import type { Fault } from './read.ts';
import { taskQueue } from './taskQueue.ts';
import { versionOf } from './upgrade.ts';

/** Each part says for itself whether it was seen, failed, or was not tried; nothing is concluded from silence alone. */
export interface Diagnosis {
  readonly type: 'diagnosis';
  readonly deviceId: string;
  readonly serial: string;
  readonly firmware: string | null;
  readonly lastInform: Instant | null;
  readonly minutesSilent: number | null;
  readonly reached: { readonly type: 'acknowledged' | 'silent' | 'notTried'; readonly because: string };
  readonly fromAcs: HostPing | { readonly type: 'notTried'; readonly because: string };
  readonly fromDevice: DevicePing | { readonly type: 'notTried'; readonly because: string };
  readonly waitingTasks: number;
  readonly faults: readonly Fault[];
  /** Plain sentences, most telling first. */
  readonly findings: readonly string[];
}

const URLS = ['Device.ManagementServer.ConnectionRequestURL', 'InternetGatewayDevice.ManagementServer.ConnectionRequestURL'];
const INTERVALS = ['Device.ManagementServer.PeriodicInformInterval', 'InternetGatewayDevice.ManagementServer.PeriodicInformInterval'];
const VERSIONS = ['Device.DeviceInfo.SoftwareVersion', 'InternetGatewayDevice.DeviceInfo.SoftwareVersion'];

/**
 * Why is this customer's device in trouble: when it last called in, whether it answers a connection request, whether the ACS host can ping
 * it, whether it can ping the world, and what waits or faulted. S0-111. @throws VendorError notFound
 * @example await diagnose(nbi, devices, id, { host: '192.0.2.10' })
 */
export async function diagnose(nbi: Nbi, devices: Devices, deviceId: string, options: DevicePingOptions & { readonly host?: string } = {}): Promise<Diagnosis> {
  const { host, ...pingOptions } = options;
  const device = await devices.get(deviceId, [...URLS, ...INTERVALS, ...VERSIONS]);
  const valueOf = (paths: readonly string[]) => paths.map((path) => device.parameters[path]?.value).find((value) => value !== undefined && value !== null && value !== '');
  const silentMs = device.lastInform ? Date.parse(nbi.clock.now()) - Date.parse(device.lastInform) : null;
  const found = await faults(nbi).list({ deviceId });
  const waiting = await taskQueue(nbi).list({ deviceId });

  const reached: Diagnosis['reached'] = device.lastInform === null
    ? { type: 'notTried', because: 'It has not finished its first session.' }
    : await connectionRequest(nbi, deviceId, pingOptions.sessionTimeoutMs).then(() => ({ type: 'acknowledged' as const, because: 'It answered the connection request.' }), orSilent);
  const url = valueOf(URLS);
  const address = typeof url === 'string' ? /^https?:\/\/(?:[^@/]*@)?(\[[^\]]+\]|[^:/]+)/.exec(url)?.[1] : undefined;
  const fromAcs = address ? await pingHost(nbi, address) : { type: 'notTried' as const, because: 'Its connection request address is not known.' };
  const fromDevice = !host
    ? { type: 'notTried' as const, because: 'No host was given to ping.' }
    : reached.type !== 'acknowledged'
      ? { type: 'notTried' as const, because: 'It does not answer the ACS.' }
      : await pingFromDevice(nbi, devices, deviceId, host, pingOptions);

  const interval = Number(valueOf(INTERVALS) ?? 0) * 1_000;
  const findings = [
    ...(reached.type === 'silent' ? [`It does not answer: ${reached.because}`] : []),
    ...(silentMs !== null && interval > 0 && silentMs > 2 * interval + 60_000 ? [`Silent for ${Math.floor(silentMs / 60_000)} minutes; it should call in every ${Math.ceil(interval / 60_000)}.`] : []),
    ...found.map((one) => `Fault on ${one.channel}: ${one.code} ${one.message}`),
    ...(fromDevice.type === 'completed' && fromDevice.received === 0 ? [`It reaches the ACS but not ${host}: look at its Internet connection, not at its light.`] : []),
    ...(fromDevice.type === 'failed' ? [`Its ping failed: ${fromDevice.because}`] : []),
    ...(waiting.length > 0 ? [`${waiting.length} tasks wait for its next session.`] : []),
  ];
  return {
    type: 'diagnosis', deviceId, serial: device.serial, firmware: versionOf(device), lastInform: device.lastInform, minutesSilent: silentMs === null ? null : Math.floor(silentMs / 60_000),
    reached, fromAcs, fromDevice, waitingTasks: waiting.length, faults: found, findings: findings.length > 0 ? findings : ['Nothing stands out.'],
  };
}

function orSilent(error: unknown): Diagnosis['reached'] {
  if (isVendorError(error) && (error.kind === 'deviceSilent' || error.kind === 'timedOut')) return { type: 'silent', because: error.message };
  throw error;
}
