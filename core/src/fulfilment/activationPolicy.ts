/** What was read back from each system. `null` or absent means nobody knows, which is never taken for "yes". */
export interface ActivationEvidence {
  readonly optical?: { readonly rxPowerDbm: number | null; readonly oltRxPowerDbm: number | null } | null;
  /** VGC's word, e.g. `ALL_FLOWS_PROVISIONED`. */
  readonly flowStatus?: string | null;
  /** A live session, or at least what AAA answered to a login (`accept`) or holds for the next one (`active`). */
  readonly session?: { readonly active: boolean | null; readonly ip?: string | null } | null;
  readonly radius?: { readonly access: 'accept' | 'reject' | 'active' | 'walledGarden' | 'rejected' | 'absent' | null; readonly ip?: string | null } | null;
  /** Parameters read back from the CPE, by name; secrets read back empty, so leave them out. */
  readonly cpe?: { readonly parameters: Readonly<Record<string, string | number | boolean | null>> } | null;
  /** The technician's checks by key (S1-117). */
  readonly checklist?: Readonly<Record<string, boolean | null>> | null;
  readonly serial?: { readonly scanned: string | null; readonly seen: string | null } | null;
  /** The address of the plan (IPAM). */
  readonly allocatedIp?: string | null;
}

export interface ActivationPolicy {
  readonly version: string;
  /** Light at the ONT, dBm: between overload and sensitivity. */
  readonly rxPowerDbm: { readonly min: number; readonly max: number };
  /** Light at the OLT from this ONT, dBm; `null` waives it where the OLT cannot measure. */
  readonly oltRxPowerDbm: { readonly min: number; readonly max: number } | null;
  readonly requireSession: boolean;
  readonly requireIp: boolean;
  /** Checks the technician must tick for this order. */
  readonly checks: readonly string[];
  /** What the CPE must read back. */
  readonly cpe: Readonly<Record<string, string | number | boolean>>;
}

/** Class B+ optics with one decibel of reserve; the checks of S1-117 for internet alone. */
export const defaultActivationPolicy: ActivationPolicy = {
  version: 'activation/1',
  rxPowerDbm: { min: -27, max: -8 },
  oltRxPowerDbm: { min: -28, max: -8 },
  requireSession: false,
  requireIp: true,
  checks: ['speedTest', 'wifi24', 'wifi5'],
  cpe: {},
};
