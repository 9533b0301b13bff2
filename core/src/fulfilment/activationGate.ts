import { accept, refuse, type Decision } from '../kernel/decision.ts';
import { sameOnt } from '../network/ontSerial.ts';
import { defaultActivationPolicy, type ActivationEvidence, type ActivationPolicy } from './activationPolicy.ts';

export interface MissingProof {
  readonly proof: string;
  readonly message: string;
  readonly hint: string;
}
export interface LiveProof {
  readonly live: true;
  readonly proofs: readonly string[];
  readonly policyVersion: string;
}

/**
 * May we call it live? Only what was read back counts; a reading nobody has is "not yet", never "fine" (S0-105, S1-117, S1-119).
 * @example activationGate({}, defaultActivationPolicy).type // 'refused'
 */
export function activationGate(evidence: ActivationEvidence, policy: ActivationPolicy = defaultActivationPolicy): Decision<LiveProof, 'notYetLive'> {
  const missing: MissingProof[] = [];
  const proofs: string[] = [];
  const want = (proof: string, good: boolean, yes: string, no: string, hint: string) => {
    if (good) proofs.push(yes);
    else missing.push({ proof, message: no, hint });
  };

  power(want, 'optical.rxPowerDbm', 'at the ONT', evidence.optical?.rxPowerDbm, policy.rxPowerDbm);
  if (policy.oltRxPowerDbm) power(want, 'optical.oltRxPowerDbm', 'at the OLT', evidence.optical?.oltRxPowerDbm, policy.oltRxPowerDbm);
  want('flowStatus', evidence.flowStatus === 'ALL_FLOWS_PROVISIONED', 'All flows are provisioned.', `The flow status is ${evidence.flowStatus ?? 'unknown'}.`,
    'Ask VGC again in a few seconds; if it stays, provision the ONU again.');

  const session = evidence.session?.active === true;
  const mayAccess = evidence.radius?.access === 'accept' || evidence.radius?.access === 'active';
  want('session', session || (mayAccess && !policy.requireSession), session ? 'A session is up.' : 'RADIUS accepts the subscriber.',
    policy.requireSession ? 'No session is up.' : 'Neither a session nor an Access-Accept was seen.', 'Check user name, VLAN and that the router behind the ONT is on.');

  const [seenIp, allocatedIp] = [known(evidence.session?.ip) ?? known(evidence.radius?.ip), known(evidence.allocatedIp)];
  if (policy.requireIp) {
    const same = seenIp !== null && allocatedIp !== null && bare(seenIp) === bare(allocatedIp);
    want('ip', same, 'The address in use is the allocated one.', `The address in use is ${seenIp ? bare(seenIp) : 'unknown'}, allocated is ${allocatedIp ? bare(allocatedIp) : 'unknown'}.`,
      'Write the allocated address to the RADIUS subscriber and reconnect the session.');
  }

  const [scanned, seen] = [known(evidence.serial?.scanned), known(evidence.serial?.seen)];
  want('serial', !!scanned && !!seen && (sameOnt(scanned, seen) || scanned.toUpperCase() === seen.toUpperCase()), 'The ONT is the scanned one.',
    `The ONT seen is ${seen ?? 'unknown'}, scanned was ${scanned ?? 'nothing'}.`, 'Scan the ONT on site again; the boxes may have been swapped.');

  for (const [name, intended] of Object.entries(policy.cpe)) {
    const observed = evidence.cpe?.parameters?.[name] ?? null;
    want(`cpe.${name}`, observed !== null && String(observed) === String(intended), `${name} reads back as intended.`,
      observed === null ? `${name} was not read back.` : `${name} reads back otherwise.`, 'Apply the CPE profile again, then read it back.');
  }
  for (const check of policy.checks) {
    want(`checklist.${check}`, evidence.checklist?.[check] === true, `Checked on site: ${check}.`, `The check "${check}" is not done.`, 'The technician ticks it on site.');
  }

  if (missing.length > 0) {
    return refuse('notYetLive', `Not live yet: ${missing.map(({ message }) => message).join(' ')}`, {
      path: missing[0]!.proof,
      hint: missing[0]!.hint,
      facts: { missing: missing.map((one) => ({ ...one })), policyVersion: policy.version },
    });
  }
  return accept({ live: true, proofs, policyVersion: policy.version }, ...proofs);
}

function power(
  want: (proof: string, good: boolean, yes: string, no: string, hint: string) => void,
  proof: string, where: string, dbm: number | null | undefined, range: { readonly min: number; readonly max: number },
): void {
  const known = typeof dbm === 'number' && Number.isFinite(dbm);
  want(proof, known && dbm >= range.min && dbm <= range.max, `Light ${where}: ${dbm} dBm.`,
    known ? `Light ${where} is ${dbm} dBm, outside ${range.min} to ${range.max}.` : `Light ${where} is unknown.`,
    !known ? 'Read the optical power again; without it nobody can call it live.' : dbm > range.max ? 'Too much light: add an attenuator.' : 'Too little light: clean and check connectors, bends and the splice.');
}

/** What another system sent is not always what its type says. */
const known = (text: unknown): string | null => (typeof text === 'string' && text.trim() !== '' ? text.trim() : null);
const bare = (ip: string) => ip.replace(/\/\d+$/, '').toLowerCase();
