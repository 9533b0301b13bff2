import { accept, mustBe, refuse, type Decision } from '../kernel/decision.ts';
import type { Json } from '../kernel/json.ts';
import { gponClassBPlus, opticalBudget, type OpticalBudget, type OpticalPolicy } from './opticalBudget.ts';

export interface FibreEnd {
  readonly kind: 'interface' | 'frontPort' | 'rearPort' | 'other';
  readonly name: string;
  readonly device: string;
  /** Slug of the role of its device. */
  readonly role: string | null;
}
export interface FibreCable { readonly id: number; readonly status: string; readonly metres: number | null }
/** A splitter that was passed: its outputs, and the one the path takes. */
export interface FibreSplitter { readonly device: string; readonly ratio: number; readonly leg: number | null }
/** One fibre as the inventory has it, traced from the ONT's interface towards the OLT. */
export interface FibrePath {
  readonly start: FibreEnd;
  readonly cables: readonly FibreCable[];
  readonly splitters: readonly FibreSplitter[];
  /** Where the trace stopped; null when nothing is plugged in at the start. */
  readonly end: FibreEnd | null;
  /** It stopped at the common side of a splitter: from there it could go on to any customer. */
  readonly split: boolean;
  /** What the inventory itself says of the two ends. */
  readonly reachable?: boolean;
}
export interface FibreExpectation {
  readonly olt?: string;
  /** `pon-3`, or the number VOLTHA has for it. */
  readonly oltPort?: string | number;
  /** What the ONT reads. */
  readonly rxDbm?: number;
}
export interface TopologyPolicy {
  readonly version: string;
  readonly oltRoles: readonly string[];
  readonly mostStages: number;
  readonly mostOutputs: number;
  readonly optical: OpticalPolicy;
}
export const defaultTopologyPolicy: TopologyPolicy = { version: 'topology/1', oltRoles: ['olt'], mostStages: 2, mostOutputs: 128, optical: gponClassBPlus };

export interface FibreVerdict {
  readonly olt: string;
  readonly oltPort: string;
  readonly stages: number;
  /** Customers that could share the PON: the ratios multiplied. */
  readonly outputs: number;
  /** `splitter:leg` from the ONT up. */
  readonly legs: readonly string[];
  readonly metres: number;
  readonly budget: OpticalBudget;
  readonly policyVersion: string;
}
type BudgetCode = Exclude<ReturnType<typeof opticalBudget>, { type: 'accepted' }>['code'];
export type TopologyCode = BudgetCode | 'startsAtOlt' | 'splitPath' | 'notCabled' | 'dangling' | 'notAnOlt' | 'wrongOlt' | 'wrongOltPort' | 'plannedCable' | 'tooManyStages' | 'tooManyOutputs' | 'notReachable';

/** VOLTHA numbers PON ports from 2^29; a name ends in the number of its port. */
function samePort(name: string, expected: string | number): boolean {
  if (typeof expected === 'string' && !/^\d+$/.test(expected)) return name.trim().toLowerCase() === expected.trim().toLowerCase();
  const number = Number(expected);
  return Number(/(\d+)\D*$/.exec(name)?.[1] ?? Number.NaN) === (number >= 2 ** 29 && number < 2 ** 30 ? number - 2 ** 29 : number);
}

/**
 * Whether a fibre really runs from an ONT to the OLT port it should (access reference 2.4; S0-114): whole, in place, through no more
 * splitters than light and standard bear, and as bright as its length says. It must be traced from the ONT: from the OLT every splitter
 * ends it. The first fault is the answer; `facts` says where.
 * @example checkFibrePath({ start: { kind: 'interface', name: 'pon', device: 'ont-1', role: 'ont' }, cables: [], splitters: [], end: null, split: false }) // refused notCabled, start
 */
export function checkFibrePath(path: FibrePath, expected: FibreExpectation = {}, policy: TopologyPolicy = defaultTopologyPolicy): Decision<FibreVerdict, TopologyCode> {
  const { start, cables, splitters, end, split } = path;
  if (typeof start?.device !== 'string' || !Array.isArray(cables) || !Array.isArray(splitters)) return mustBe('path', 'a traced fibre');
  const no = (code: TopologyCode, where: string, message: string, hint: string, facts: Record<string, Json> = {}) => refuse(code, message, { path: where, hint, facts: { ...facts, policyVersion: policy.version } });
  const at = end && { device: end.device, port: end.name };
  if (start.role !== null && policy.oltRoles.includes(start.role) && !split) return no('startsAtOlt', 'start', `${start.device} is the OLT; the trace begins at the wrong end.`, "Start from the ONT's PON interface.");
  if (end === null || cables.length === 0) return no('notCabled', 'start', `${start.device} ${start.name} has no cable.`, 'Record the drop cable between the splitter and the ONT.');
  if (split) return no('splitPath', 'end', `The trace stops at the common side of ${end.device}: seen from there it leads to every customer.`, "Start from the ONT's PON interface.", { at });
  if (end.kind !== 'interface') return no('dangling', 'end', `The path ends at ${end.device} ${end.name}, which leads nowhere.`, 'Record the missing cable, or the mapping of this port.', { at });
  if (end.role === null || !policy.oltRoles.includes(end.role)) return no('notAnOlt', 'end', `The path ends at ${end.device} ${end.name}, which is no OLT.`, `Give the OLT one of the roles ${policy.oltRoles.join(', ')}, or correct the cables.`, { at, role: end.role });
  if (expected.olt !== undefined && expected.olt.trim().toLowerCase() !== end.device.trim().toLowerCase()) return no('wrongOlt', 'end', `The path ends at ${end.device}, not at ${expected.olt}.`, 'Move the fibre, or correct the record.', { at, expected: expected.olt });
  if (expected.oltPort !== undefined && !samePort(end.name, expected.oltPort)) return no('wrongOltPort', 'end', `The path ends at ${end.device} ${end.name}, not at ${expected.oltPort}.`, 'Move the feeder, or correct the record.', { at, expected: String(expected.oltPort) });
  const planned = cables.filter(({ status }) => status !== 'connected');
  if (planned.length > 0) return no('plannedCable', 'cables', `${planned.length === 1 ? 'One cable is' : `${planned.length} cables are`} not connected yet.`, 'Finish the work, then set the cable to connected.', { cables: planned.map(({ id, status }) => ({ id, status })) });
  const outputs = splitters.reduce((product, { ratio }) => product * ratio, 1);
  if (splitters.length > policy.mostStages) return no('tooManyStages', 'splitters', `The light passes ${splitters.length} splitters; ${policy.mostStages} are allowed.`, 'Take one out, or correct the record.', { stages: splitters.length });
  if (outputs > policy.mostOutputs) return no('tooManyOutputs', 'splitters', `The PON is split for ${outputs} customers; ${policy.mostOutputs} are allowed.`, 'Use smaller splitters.', { outputs });
  if (path.reachable === false) return no('notReachable', 'end', 'The inventory itself does not take the two ends as connected.', 'Open the trace in the inventory and look for a cable that leads elsewhere.', { at });
  const metres = cables.reduce((sum, cable) => sum + (cable.metres ?? 0), 0);
  const budget = opticalBudget({ metres, cables: cables.length, unmeasured: cables.filter((cable) => cable.metres === null).length, splitters: splitters.map(({ ratio }) => ratio), ...(expected.rxDbm !== undefined && { rxDbm: expected.rxDbm }) }, policy.optical);
  if (budget.type === 'refused') return budget;
  const legs = splitters.map(({ device, leg }) => `${device}:${leg ?? '?'}`);
  return accept(
    { olt: end.device, oltPort: end.name, stages: splitters.length, outputs, legs, metres, budget: budget.value, policyVersion: policy.version },
    `${start.device} reaches ${end.device} ${end.name} over ${cables.length} cables${legs.length > 0 ? ` and ${legs.join(', ')}` : ''}.`,
    ...budget.because,
  );
}
