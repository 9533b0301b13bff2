import type { Instant } from '../../../../core/src/index.ts';
import type { Tree, CpeParameter, CpeValue } from './models.ts';

/** A CPE (what hangs in the house) and what GenieACS knows of it; the two differ until it is read. */
export interface AcsDevice {
  readonly id: string;
  readonly oui: string;
  readonly productClass: string;
  readonly serial: string;
  ip: string;
  /** The CPE's own state. */
  tree: Tree;
  /** GenieACS' copy. */
  known: Map<string, { value: CpeValue; readonly type: CpeParameter['type']; readonly writable: boolean; at: Instant }>;
  readonly tags: Set<string>;
  registered: Instant | null;
  lastInform: Instant | null;
  lastBoot: Instant | null;
  lastBootstrap: Instant | null;
  /** Answers connection requests. */
  online: boolean;
  /** Busy in a session with the ACS: deletes are refused, tasks wait. */
  inSession: boolean;
  /** After a connection request the session starts this much later. */
  sessionDelayMs: number;
  /** When the next session starts by itself. */
  dueAt: number;
  /** Paths the CPE acknowledges and then leaves as they were. */
  readonly stubborn: Set<string>;
  /** The next task meets this fault. */
  failNext: { readonly code: string; readonly message: string; readonly detail?: object } | null;
  reboots: number;
  /** Sessions left before it loses power; null means it stays. */
  sessionsLeft: number | null;
  /** A file on its way to the CPE: the order was taken, the end is not known yet. */
  transfer: { readonly fileName: string; readonly channel: string; dueAt: number } | null;
  /** How long a transfer takes. */
  transferMs: number;
  /** How the next transfer ends, instead of well. */
  failTransfer: { readonly code: string; readonly message: string } | null;
  /** What a script declared under `Downloads`. */
  download: { fileName: string; at: number; wanted: boolean };
  /** A diagnostic that was requested: where its object is, and when it ends. */
  diagnostic: { readonly object: string; readonly dueAt: number } | null;
  /** The highest instance number ever used under an object; numbers are not used again. */
  readonly instances: Map<string, number>;
}
export interface StoredFile {
  readonly bytes: Buffer;
  readonly metadata: Readonly<Record<string, string | null>>;
  readonly uploadDate: Instant;
}
export interface AcsTask {
  readonly _id: string;
  readonly device?: string;
  readonly name: string;
  readonly timestamp: Instant;
  readonly [field: string]: unknown;
}
export interface AcsFault {
  readonly _id: string;
  readonly device: string;
  readonly channel: string;
  readonly timestamp: Instant;
  readonly code: string;
  readonly message: string;
  readonly detail?: object;
  readonly retries: number;
  readonly provisions?: string;
}
export interface AcsState {
  readonly devices: Map<string, AcsDevice>;
  tasks: AcsTask[];
  readonly faults: Map<string, AcsFault>;
  readonly presets: Map<string, Record<string, unknown>>;
  readonly provisions: Map<string, string>;
  readonly virtualParameters: Map<string, string>;
  readonly files: Map<string, StoredFile>;
  /** Slim containers have no ping. */
  hasPing: boolean;
  /** How often the CWMP service fell over a preset it could not read; while such a preset is stored, no session succeeds. */
  cwmpCrashes: number;
  /** An HTTP/2 proxy in front: reason phrases are lost. */
  stripReasons: boolean;
  /** Requests that killed a worker so far. */
  crashes: number;
  version: string;
}

/** A device document as the NBI shows it; `bare` leaves the parameters out where nobody asked for them. */
export function document(device: AcsDevice, bare = false): Record<string, unknown> {
  const doc: Record<string, unknown> = {
    _id: device.id,
    _deviceId: { _Manufacturer: 'sandbox', _OUI: device.oui, _ProductClass: device.productClass, _SerialNumber: device.serial },
    _tags: [...device.tags],
    _registered: device.registered,
    _lastInform: device.lastInform,
    _lastBoot: device.lastBoot,
    _lastBootstrap: device.lastBootstrap,
  };
  for (const key of Object.keys(doc)) if (doc[key] === null) delete doc[key];
  if (bare) return doc;
  for (const [path, known] of device.known) {
    let node = doc;
    const parts = path.split('.');
    for (const part of parts.slice(0, -1)) node = (node[part] ??= { _object: true, _writable: false }) as Record<string, unknown>;
    node[parts.at(-1)!] = { _object: false, _writable: known.writable, _value: known.value, _type: known.type, _timestamp: known.at };
  }
  return doc;
}
