import { isVendorError } from '../../../../core/src/index.ts';

/** One thing to put right before the first order. `code` is stable. */
export interface Finding {
  readonly system: string;
  readonly code: string;
  readonly message: string;
  readonly fix: string;
}
export interface Examined {
  readonly system: string;
  /** What was learnt on the way, e.g. a version. */
  readonly facts: Readonly<Record<string, string | number>>;
  readonly findings: readonly Finding[];
}
/** What one system's checks write into. */
export interface Notebook {
  find(code: string, message: string, fix: string): void;
  fact(name: string, value: string | number): void;
  /** Runs a check; a vendor failure is itself a finding. False when it failed. */
  try(work: () => Promise<void>): Promise<boolean>;
}

const FAILED: Readonly<Record<string, string>> = { unauthorised: 'unauthorised', notFound: 'notFound', timedOut: 'unreachable', unavailable: 'unreachable', unexpectedReply: 'unexpectedReply' };

/** Examines one system: whatever stands in the way of a check is a finding, never an exception. */
export async function examine(system: string, checks: (note: Notebook) => Promise<void>): Promise<Examined> {
  const findings: Finding[] = [];
  const facts: Record<string, string | number> = {};
  const note: Notebook = {
    find: (code, message, fix) => void findings.push({ system, code, message, fix }),
    fact: (name, value) => void (facts[name] = value),
    try: async (work) => {
      try {
        await work();
        return true;
      } catch (error) {
        if (isVendorError(error)) note.find(FAILED[error.kind] ?? error.kind, error.message, error.hint);
        else note.find('unreachable', `${system} could not be asked: ${(error as Error).message}`, 'Check its address and that it runs.');
        return false;
      }
    },
  };
  await checks(note);
  return { system, facts, findings };
}
