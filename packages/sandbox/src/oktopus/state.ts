import { factoryTree, type CpeValue, type Tree } from '../genieacs/models.ts';

/** 0 offline, 1 associating, 2 online, as Oktopus keeps it. */
export type Status = 0 | 1 | 2;
export type Transport = 'Mqtt' | 'Stomp' | 'Websockets' | 'Cwmp';

/** A row of Oktopus' device collection with the device behind it, and the levers by which a test makes it behave badly. */
export interface OktopusDevice {
  readonly serial: string;
  readonly oui: string;
  readonly vendor: string;
  readonly model: string;
  readonly productClass: string;
  version: string;
  alias: string;
  readonly transports: Record<Transport, Status>;
  tree: Tree;
  readonly ip: string;
  /** Known to the ACS service since it started; false after its restart or a long silence. */
  acsKnows: boolean;
  /** Whether the connection request reaches it; `refuses` is a wrong password. */
  reach: 'yes' | 'no' | 'refuses';
  /** Never answers: 504 over USP, 408 over CWMP. */
  silent: boolean;
  /** Carries out the next USP request but answers after Oktopus gave up: the answer meets the next caller. */
  late: boolean;
  readonly lateReplies: object[];
  /** Accepts a value and keeps its own. */
  readonly stubborn: Set<string>;
  /** Takes effect after a restart: SetParameterValues answers Status 1. */
  readonly deferred: Set<string>;
  /** While set, requests wait at the device. */
  gate: Promise<void> | undefined;
  /** USP callers waiting for an answer of this serial: each of them gets the next one, whose ever it is. */
  readonly waiters: Set<(reply: object) => void>;
  peakWaiters: number;
  reboots: number;
  resets: number;
  readonly downloads: string[];
}

export interface OktopusState {
  readonly devices: Map<string, OktopusDevice>;
  readonly users: Map<string, string>;
  /** Tokens are checked against it; a change makes every token given out worthless. */
  jwtKey: string;
  /** Services behind the controller that are down. */
  down: Set<'adapter' | 'acs'>;
  /** How many logins, refused ones included. */
  logins: number;
  /** The most CWMP requests that were in the ACS at once. */
  peakCwmp: number;
}

/** Objects a device lets its controller make, with what a new one holds. */
const TABLES: readonly { readonly under: string; readonly fresh: Readonly<Record<string, CpeValue>> }[] = [
  { under: 'NAT.PortMapping', fresh: { Enable: false, Alias: '', ExternalPort: 0, InternalPort: 0, Protocol: 'TCP', InternalClient: '', Description: '' } },
];
export function tableAt(path: string): Readonly<Record<string, CpeValue>> | undefined {
  return TABLES.find(({ under }) => path === `Device.${under}.` || path === `InternetGatewayDevice.${under}.`)?.fresh;
}

/** A device fresh from the factory. */
export function freshDevice(serial: string, oui: string, productClass: string, ip: string): OktopusDevice {
  const tree = factoryTree(productClass, serial, ip);
  const read = (name: string): string => String(tree.get(`Device.DeviceInfo.${name}`)?.value ?? tree.get(`InternetGatewayDevice.DeviceInfo.${name}`)?.value ?? '');
  return {
    serial, oui, productClass, ip, tree, vendor: read('Manufacturer'), model: read('ModelName'), version: read('SoftwareVersion'), alias: '', transports: { Mqtt: 0, Stomp: 0, Websockets: 0, Cwmp: 0 },
    acsKnows: false, reach: 'yes', silent: false, late: false, lateReplies: [], stubborn: new Set(), deferred: new Set(), gate: undefined, waiters: new Set(), peakWaiters: 0, reboots: 0, resets: 0, downloads: [],
  };
}

export const statusOf = ({ transports }: OktopusDevice): Status => Math.max(...Object.values(transports)) as Status;

/** The value as the device types it, or the code of what is wrong with it: `type` or `value`. */
export function cast(path: string, sent: string, type: string): { readonly value: CpeValue } | 'type' | 'value' {
  if (type === 'xsd:boolean') return ['true', '1'].includes(sent) ? { value: true } : ['false', '0'].includes(sent) ? { value: false } : 'type';
  if (type === 'xsd:unsignedInt') return /^\d{1,10}$/.test(sent) ? { value: Number(sent) } : 'type';
  if (type === 'xsd:int') return /^-?\d{1,10}$/.test(sent) ? { value: Number(sent) } : 'type';
  if (/\.SSID$/.test(path) && new TextEncoder().encode(sent).length > 32) return 'value';
  return { value: sent };
}
