// JSON Schema of what the VOLTHA routes answer; the types are those of apiVoltha.ts.
import { id, object, ok, okList, serial } from './shapes.ts';

type Shape = Readonly<Record<string, unknown>>;
const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const count = { type: 'integer' } as const;
const level = { type: ['number', 'null'], description: 'dBm; null when nothing was measured' } as const;
const words = { type: 'array', items: text } as const;
const one = (type: string) => ({ type: 'string', const: type }) as const;
const of = (...values: readonly string[]) => ({ type: 'string', enum: values }) as const;
const verdict = of('good', 'warning', 'critical', 'noReading');
const trend = of('steady', 'degrading', 'improving', 'tooFewSamples');
const shape = <const P extends object>(properties: P): Shape => ({ type: 'object', properties, required: Object.keys(properties), additionalProperties: true });
const list = (items: Shape): Shape => ({ type: 'array', items });

const listed = { deviceId: text, serial: text, oltDeviceId: text, ponPort: count, adminState: text, operStatus: text, connectStatus: text, reason: text, firmware: text, ready: flag };
const light = { type: ['object', 'null'], properties: { at: text, rxPowerDbm: level, oltRxPowerDbm: level, verdict }, additionalProperties: true };
const entry = shape({ ...listed, light });
const service = { serial: text, port: text, flowStatus: text, upstreamProfile: text, downstreamProfile: text, changed: flag };
const reading = { serial: text, oltDeviceId: text, ponPort: count, rxPowerDbm: level, txPowerDbm: level, oltRxPowerDbm: level, laserBiasMa: { type: ['number', 'null'] }, temperatureC: { type: ['number', 'null'] }, verdict, because: words, trend };
const olt = { type: one('olt'), deviceId: text, kind: text, serial: text, hostAndPort: text, vendor: text, model: text, adminState: text, operStatus: text, connectStatus: text, up: flag, onus: count, onusUp: count, changed: flag };

/** Answers by the name of their type. */
export const answers = {
  OnuState: shape({ type: one('onu'), ...listed, uni: { type: ['string', 'null'] } }),
  OnuList: shape({ type: one('onus'), total: count, onus: list(entry) }),
  OnuRemoved: shape({ type: one('onuRemoved'), serial: text, changed: flag, rediscovered: flag }),
  OnuAlarms: shape({ type: one('onuAlarms'), serial: text, alarms: list(shape({ classId: count, instanceId: count, name: text, description: text })) }),
  OnuDetails: shape({ type: one('onuDetails'), serial: text, metres: { type: ['integer', 'null'] }, ports: list(shape({ name: text, label: text, type: text, operStatus: text })), uni: { type: ['object', 'null'], properties: { locked: flag, linkUp: flag, speed: text }, additionalProperties: true } }),
  OltState: shape(olt),
  OltRemoved: shape({ type: one('oltRemoved'), olt: text, changed: flag, onus: count }),
  PonState: shape({ type: one('pon'), oltDeviceId: text, ponPort: count, oltUp: flag, onus: list(entry), up: count, free: count }),
  OnuOptical: shape({ type: one('onuOptical'), at: text, ...reading, policyVersion: text }),
  OpticalHistory: shape({ type: one('opticalHistory'), serial: text, samples: list(shape({ at: text, rxPowerDbm: level, txPowerDbm: level, oltRxPowerDbm: level, verdict })), trend, baselineDbm: level, recentDbm: level, because: words, policyVersion: text }),
  PonScan: shape({ type: one('ponScan'), oltDeviceId: text, ponPort: count, at: text, good: count, warning: count, critical: count, noReading: count, degrading: count, readings: list(shape(reading)), policyVersion: text }),
  HistoryForgotten: shape({ type: one('historyForgotten'), serial: text, samples: count }),
  OnuProvisioned: shape({ type: one('onuProvisioned'), ...service }),
  OnuService: shape({ type: one('onuService'), ...service, active: flag, flowing: flag }),
  OnuImages: shape({ type: one('onuImages'), serial: text, images: list(shape({ version: text, committed: flag, active: flag, valid: flag, productCode: text })) }),
  ImageProgress: shape({ type: one('imageProgress'), serial: text, version: text, downloadState: text, imageState: text, reason: text, next: of('wait', 'activate', 'commit', 'done', 'download') }),
  DevicesPolled: shape({ type: one('devicesPolled'), first: flag, olts: count, onus: count, changes: list(shape({ type: text, deviceId: text, serial: text })) }),
} as const;
export type AnswerName = keyof typeof answers;

/** The schema of a VOLTHA route: its answer by name, and what it takes. @example app.get(path, volthaSchema('An ONU', 'OnuState'), …) */
export function volthaSchema(summary: string, name: AnswerName, takes: { readonly params?: object; readonly body?: object; readonly querystring?: object } = {}) {
  const { 200: _described, ...others } = ok(name);
  return { schema: { tags: ['voltha'], summary, ...takes, response: { 200: { description: name, ...answers[name] }, ...others } } };
}
/** The same for a route that answers with a list. */
export function volthaListSchema(summary: string, name: AnswerName) {
  return { schema: { tags: ['voltha'], summary, response: { ...okList(name), 200: { description: name, type: 'array', items: answers[name] } } } };
}

export const atOnu = object({ serial }, ['serial']);
export const atOlt = object({ olt: id() }, ['olt']);
export type AtOnu = { Params: { serial: string } };
export type AtOlt = { Params: { olt: string } };
