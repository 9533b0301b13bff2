import { accept, acsMigration, acsMigrationPolicySchema, acsPreflight, defaultAcsMigrationPolicy, mustBe, schemaComplaint, type AcsDeviceFacts, type AcsMigration, type AcsMigrationPlan, type AcsMigrationPolicy, type AcsProblem, type Decision, type Instant, type JsonObject } from '../../../../core/src/index.ts';
import { listDrops, type Queryable } from '../../../journal/src/index.ts';
import type { AcsMigrationPlanned, AcsMigrationScope } from './api.ts';
import type { NewAcs, OldAcs, OldFacts } from './ports.ts';

const UNKNOWN = 'unknown';
export interface Inventoried { readonly facts: AcsDeviceFacts & { readonly root: OldFacts['root'] }; readonly olt: string; readonly problems: readonly AcsProblem[] }

/** The default policy with parts of it changed. Refuses `badInput` at the part that is wrong. @example readPolicy({ soakHours: 24 }) // accepted { soakHours: 24, … } */
export function readPolicy(change: JsonObject = {}): Decision<AcsMigrationPolicy, 'badInput'> {
  const policy = { ...defaultAcsMigrationPolicy, ...change } as unknown as AcsMigrationPolicy;
  const wrong = schemaComplaint(acsMigrationPolicySchema, policy);
  return wrong ? mustBe(`policy.${wrong.path}`, wrong.expected) : accept(policy);
}

/** Looks at every device in scope, in both ACSes and the fibre register. Sends no write and wakes no device. */
export async function takeInventory(on: Queryable, old: OldAcs, next: NewAcs, scope: AcsMigrationScope, plan: AcsMigrationPlan, now: Instant): Promise<readonly Inventoried[]> {
  const [known, presence, drops] = await Promise.all([old.inventory(scope), next.presence(), listDrops(on)]);
  const register = new Map(drops.filter(({ sn }) => sn !== '').map(({ sn, oltIp }) => [sn.toUpperCase(), oltIp]));
  return known.flatMap((one) => {
    const olt = scope.oltOf?.[one.serial] ?? register.get(one.serial.toUpperCase()) ?? UNKNOWN;
    if (scope.olts && !scope.olts.includes(olt)) return [];
    const facts = { ...one, inNew: presence.get(one.serial) ?? ('absent' as const) };
    const verdict = acsPreflight(facts, plan, now);
    const problems = verdict.type === 'refused' ? ((verdict.facts?.['problems'] ?? []) as unknown as readonly AcsProblem[]) : [];
    // Never read is no reason to leave it out: its URL is read when its turn comes, before anything is written.
    return [{ facts, olt, problems: problems.filter(({ code }) => code !== 'urlUnknown') }];
  });
}

/** Why no run may start at all: the presets would undo it. @example await runProblems(old, 'leadlight-migrating') // [] */
export async function runProblems(old: OldAcs, tag: string): Promise<Pick<AcsMigrationPlanned, 'writers' | 'problems'>> {
  const writers = await old.writers(tag);
  return {
    writers,
    problems: writers.map(({ preset, because, precondition }) => ({ code: 'presetWrites', message: `The preset ${preset} writes ManagementServer on devices under migration: ${because}`, hint: `Set its precondition to: ${precondition}` })),
  };
}

/** The answer of a dry run. @example planned(inventory, { writers: [], problems: [] }, policy, now).ready // 40 */
export function planned(inventory: readonly Inventoried[], run: Pick<AcsMigrationPlanned, 'writers' | 'problems'>, policy: AcsMigrationPolicy, at: Instant): AcsMigrationPlanned {
  const blocked: Record<string, number> = {};
  for (const { problems } of inventory) for (const { code } of problems) blocked[code] = (blocked[code] ?? 0) + 1;
  const olts = [...new Set(inventory.map(({ olt }) => olt))].sort().map((olt) => {
    const mine = inventory.filter((one) => one.olt === olt);
    const ready = mine.filter(({ problems }) => problems.length === 0).length;
    return { olt, ready, blocked: mine.length - ready, ...wavesOf(ready, policy) };
  });
  const ready = inventory.filter(({ problems }) => problems.length === 0);
  return {
    type: 'acsMigrationPlan', at, devices: inventory.length, ready: ready.length, blocked, toRead: ready.filter(({ facts }) => facts.url === null).length, olts, ...run,
    examples: inventory.filter(({ problems }) => problems.length > 0).slice(0, 100).map(({ facts, problems }) => ({ deviceId: facts.deviceId, serial: facts.serial, codes: problems.map(({ code }) => code) })),
    policy: policy as unknown as JsonObject,
  };
}

/** The sizes of an OLT's waves, and the hours they take when every device is seen at the last moment. */
function wavesOf(devices: number, policy: AcsMigrationPolicy): { readonly waves: readonly number[]; readonly leastHours: number } {
  const waves: number[] = [];
  let hours = 0;
  for (let left = devices, step = 0; left > 0; step += 1) {
    const { size, perHour } = policy.ladder[Math.min(step, policy.ladder.length - 1)]!;
    const here = Math.min(size, left);
    waves.push(here);
    hours += perHour ? Math.max(here / perHour, policy.informIntervalSeconds / 3_600) : policy.informIntervalSeconds / 3_600;
    left -= here;
  }
  return { waves, leastHours: Math.round(hours * 10) / 10 };
}

/** A device as a run begins with it: waiting, or blocked with its reasons as the lifecycle itself finds them. */
export function firstState({ facts, problems }: Inventoried, plan: AcsMigrationPlan, now: Instant): AcsMigration {
  const fresh = acsMigration.initial(facts);
  if (problems.length === 0) return fresh;
  const begun = acsMigration.decide(fresh, { type: 'begin', wave: 0 }, now, { ...plan, halted: false });
  const after = begun.type === 'accepted' ? acsMigration.decide(begun.value.state, { type: 'answered', attempt: 1, answer: { act: 'inspect', facts } }, now, plan) : begun;
  return after.type === 'accepted' ? after.value.state : fresh;
}
