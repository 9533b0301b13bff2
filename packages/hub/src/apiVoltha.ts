// VOLTHA in the hub's API: ONUs and OLTs, light with its history, services, software, and what changed.
import type { Instant } from '../../../core/src/index.ts';

type Verdict = 'good' | 'warning' | 'critical' | 'noReading';
type Trend = 'steady' | 'degrading' | 'improving' | 'tooFewSamples';

// ---- ONUs: GET /v1/voltha/onus, GET|DELETE /v1/voltha/onus/{serial}, POST …/{serial}/enable|disable|reboot, GET …/alarms|details ----
export interface OnuListed { readonly deviceId: string; readonly serial: string; readonly oltDeviceId: string; readonly ponPort: number; readonly adminState: string; readonly operStatus: string; readonly connectStatus: string; readonly reason: string; readonly firmware: string; readonly ready: boolean }
export interface OnuState extends OnuListed { readonly type: 'onu'; readonly uni: string | null }
/** `omci` locks the UNIs, `ploam` shuts the laser, `serial` does it by OLT, PON and serial. */
export interface OnuSwitch { readonly by?: 'omci' | 'ploam' | 'serial' }
export interface OnuQuery { readonly olt?: string; readonly pon?: number; readonly state?: 'up' | 'down'; readonly limit?: number }
/** The last level the hub measured. */
export interface LastLight { readonly at: Instant; readonly rxPowerDbm: number | null; readonly oltRxPowerDbm: number | null; readonly verdict: Verdict }
export interface OnuEntry extends OnuListed { readonly light: LastLight | null }
/** `total`: how many fit, of which `onus` holds the first. */
export interface OnuList { readonly type: 'onus'; readonly total: number; readonly onus: readonly OnuEntry[] }
/** `rediscovered`: it has light, so the OLT reported it again at once. */
export interface OnuRemoved { readonly type: 'onuRemoved'; readonly serial: string; readonly changed: boolean; readonly rediscovered: boolean }
export interface OnuAlarms { readonly type: 'onuAlarms'; readonly serial: string; readonly alarms: readonly { readonly classId: number; readonly instanceId: number; readonly name: string; readonly description: string }[] }
/** What could not be read is null. */
export interface OnuDetails { readonly type: 'onuDetails'; readonly serial: string; readonly metres: number | null; readonly ports: readonly { readonly name: string; readonly label: string; readonly type: string; readonly operStatus: string }[]; readonly uni: { readonly locked: boolean; readonly linkUp: boolean; readonly speed: string } | null }

// ---- OLTs: GET|POST /v1/voltha/olts, GET|DELETE /v1/voltha/olts/{olt}, POST …/{olt}/enable|disable, GET …/{olt}/pons/{pon}, POST …/pons/{pon}/scan ----
/** `up`: enabled, active and reachable. */
export interface OltState { readonly type: 'olt'; readonly deviceId: string; readonly kind: string; readonly serial: string; readonly hostAndPort: string; readonly vendor: string; readonly model: string; readonly adminState: string; readonly operStatus: string; readonly connectStatus: string; readonly up: boolean; readonly onus: number; readonly onusUp: number; readonly changed: boolean }
export interface OltWanted { readonly hostAndPort: string; readonly kind?: string; readonly enable?: boolean }
export interface OltRemoved { readonly type: 'oltRemoved'; readonly olt: string; readonly changed: boolean; readonly onus: number }
export interface PonState { readonly type: 'pon'; readonly oltDeviceId: string; readonly ponPort: number; readonly oltUp: boolean; readonly onus: readonly OnuEntry[]; readonly up: number; /** Of the 128 a GPON carries. */ readonly free: number }

// ---- light: GET /v1/voltha/onus/{serial}/optical, GET …/optical-history, DELETE …/optical-history ----
/** dBm; they take the place of the hub's policy for this question. */
export interface OpticalQuery { readonly onuWarning?: number; readonly onuCritical?: number; readonly oltWarning?: number; readonly oltCritical?: number }
export interface OnuOptical { readonly type: 'onuOptical'; readonly serial: string; readonly at: Instant; readonly oltDeviceId: string; readonly ponPort: number; readonly rxPowerDbm: number | null; readonly txPowerDbm: number | null; readonly oltRxPowerDbm: number | null; readonly laserBiasMa: number | null; readonly temperatureC: number | null; readonly verdict: Verdict; readonly because: readonly string[]; readonly trend: Trend; readonly policyVersion: string }
export interface OpticalHistory { readonly type: 'opticalHistory'; readonly serial: string; readonly samples: readonly { readonly at: Instant; readonly rxPowerDbm: number | null; readonly txPowerDbm: number | null; readonly oltRxPowerDbm: number | null; readonly verdict: Verdict }[]; readonly trend: Trend; readonly baselineDbm: number | null; readonly recentDbm: number | null; readonly because: readonly string[]; readonly policyVersion: string }
export interface PonScan { readonly type: 'ponScan'; readonly oltDeviceId: string; readonly ponPort: number; readonly at: Instant; readonly good: number; readonly warning: number; readonly critical: number; readonly noReading: number; readonly degrading: number; readonly readings: readonly Omit<OnuOptical, 'type' | 'at' | 'policyVersion'>[]; readonly policyVersion: string }
/** After a repair: what was measured before it is forgotten, and a new normal begins. */
export interface HistoryForgotten { readonly type: 'historyForgotten'; readonly serial: string; readonly samples: number }

// ---- services: GET /v1/voltha/onus/{serial}/service, POST …/provision|change-profile|suspend|resume|deprovision ----
export interface OnuSpeed { readonly downKbps: number; readonly upKbps: number; readonly profileBase: string }
export interface OnuProvision extends OnuSpeed { readonly sVlan: number; readonly cVlan: number; readonly techProfileId?: number; readonly pppoe?: boolean }
export interface OnuProvisioned { readonly type: 'onuProvisioned'; readonly serial: string; readonly port: string; readonly flowStatus: string; readonly upstreamProfile: string; readonly downstreamProfile: string; readonly changed: boolean }
/** `active`: switched on in the controller; `flowing`: its flows are in. */
export interface OnuService { readonly type: 'onuService'; readonly serial: string; readonly port: string; readonly flowStatus: string; readonly upstreamProfile: string; readonly downstreamProfile: string; readonly active: boolean; readonly flowing: boolean; readonly changed: boolean }

// ---- software: GET /v1/voltha/onus/{serial}/images, GET …/image-upgrade?version=, POST …/image-upgrade/download|activate|commit|abort ----
export interface OnuImages { readonly type: 'onuImages'; readonly serial: string; readonly images: readonly { readonly version: string; readonly committed: boolean; readonly active: boolean; readonly valid: boolean; readonly productCode: string }[] }
export interface ImageWanted { readonly version: string; readonly url: string; readonly vendor?: string; readonly crc32?: number; readonly activateOnSuccess?: boolean; readonly commitOnSuccess?: boolean }
export interface ImageProgress { readonly type: 'imageProgress'; readonly serial: string; readonly version: string; readonly downloadState: string; readonly imageState: string; readonly reason: string; readonly next: 'wait' | 'activate' | 'commit' | 'done' | 'download' }

// ---- POST /v1/voltha/poll: looks at every device and publishes `onu.discovered|up|down|moved|removed`, `olt.added|up|down|removed` ----
/** `first`: nothing was known before, so nothing is told. */
export interface DevicesPolled { readonly type: 'devicesPolled'; readonly first: boolean; readonly olts: number; readonly onus: number; readonly changes: readonly { readonly type: string; readonly deviceId: string; readonly serial: string }[] }
