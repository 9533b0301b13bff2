import { accept, refuse, type Decision } from '../kernel/decision.ts';
import type { JsonSchema } from '../kernel/schema.ts';
import { int, list, misfit, object } from '../kernel/shapes.ts';

/** What glass and optics cost and bear. The figures are typical; those of the maker go in as another policy. */
export interface OpticalPolicy {
  readonly version: string;
  readonly fibreDbPerKm: number;
  /** Ratio of a splitter (its outputs) → loss in dB. */
  readonly splitterDb: Readonly<Record<number, number>>;
  /** Per cable: its connectors and splices. */
  readonly perCableDb: number;
  /** What may be lost between transmitter and receiver: 28 for GPON class B+ (ITU-T G.984.2). */
  readonly budgetDb: number;
  /** What the OLT sends. */
  readonly launchDbm: number;
  /** How far a reading may be from the plan. */
  readonly toleranceDb: number;
  /** What the receiver of the ONT can work with. */
  readonly receiver: { readonly weakestDbm: number; readonly strongestDbm: number };
}
/** GPON class B+ on G.652 fibre at 1490 nm; splitters as the access reference (2.4) measured them, 1:2 and 1:4 in proportion. */
export const gponClassBPlus: OpticalPolicy = {
  version: 'optical/1', fibreDbPerKm: 0.35, splitterDb: { 2: 3.6, 4: 7.1, 8: 10.5, 16: 13.7, 32: 17.1, 64: 20.5 }, perCableDb: 0.3, budgetDb: 28, launchDbm: 3, toleranceDb: 3, receiver: { weakestDbm: -27, strongestDbm: -8 },
};

export interface OpticalSpan {
  /** Fibre from the OLT to the ONT, as far as it is known. */
  readonly metres: number;
  readonly cables: number;
  /** Cables without a length: then the loss is a least, and a reading below the plan proves nothing. */
  readonly unmeasured?: number;
  /** Ratios, in any order. */
  readonly splitters: readonly number[];
  /** What the ONT reads, in dBm. Exactly −30 is what an ONT without a reading reports. */
  readonly rxDbm?: number;
}
export interface OpticalBudget {
  readonly fibreDb: number;
  readonly splitterDb: number;
  readonly cableDb: number;
  readonly lossDb: number;
  /** What is left of the budget. */
  readonly marginDb: number;
  readonly expectedRxDbm: number;
  readonly rxDbm: number | null;
  /** Reading less plan: negative is darker than planned. */
  readonly offPlanDb: number | null;
  readonly policyVersion: string;
}
type Code = 'badInput' | 'unknownSplitter' | 'overBudget' | 'noReading' | 'lightTooWeak' | 'lightTooStrong' | 'weakerThanPlanned' | 'strongerThanPlanned';

const schema = object(
  { metres: { type: 'number', minimum: 0, maximum: 200_000 }, cables: int(0, 1_000), splitters: { ...list(int(2, 256)), minItems: 0 } },
  { unmeasured: int(0, 1_000), rxDbm: { type: 'number', minimum: -60, maximum: 20 } } satisfies Record<string, JsonSchema>,
);
const rounded = (db: number): number => Math.round(db * 100) / 100 + 0;

/**
 * The light a path may lose by length and splitters, and whether what the ONT reads agrees with it (access reference 2.4). A reading far
 * from the plan means another splitter, another leg or dirt: the record and the ground disagree. dB and dBm, to the hundredth.
 * @example opticalBudget({ metres: 4_000, cables: 3, splitters: [32] }) // accepted: { lossDb: 19.4, marginDb: 8.6, expectedRxDbm: -16.4, … }
 * @example opticalBudget({ metres: 4_000, cables: 3, splitters: [32], rxDbm: -23 }) // refused weakerThanPlanned, rxDbm
 */
export function opticalBudget(span: OpticalSpan, policy: OpticalPolicy = gponClassBPlus): Decision<OpticalBudget, Code> {
  const bad = misfit(schema, span);
  if (bad) return bad;
  const { metres, cables, splitters, unmeasured = 0, rxDbm } = span;
  const strange = splitters.find((ratio) => !Object.hasOwn(policy.splitterDb, ratio));
  if (strange !== undefined) return refuse('unknownSplitter', `The loss of a 1:${strange} splitter is not known.`, { path: 'splitters', hint: 'Add it to splitterDb of the optical policy.', facts: { ratio: strange } });
  const [fibreDb, splitterDb, cableDb] = [rounded((metres / 1_000) * policy.fibreDbPerKm), rounded(splitters.reduce((sum, ratio) => sum + policy.splitterDb[ratio]!, 0)), rounded(cables * policy.perCableDb)];
  const lossDb = rounded(fibreDb + splitterDb + cableDb);
  const marginDb = rounded(policy.budgetDb - lossDb);
  const expectedRxDbm = rounded(policy.launchDbm - lossDb);
  const offPlanDb = rxDbm === undefined ? null : rounded(rxDbm - expectedRxDbm);
  const facts = { fibreDb, splitterDb, cableDb, lossDb, marginDb, expectedRxDbm, rxDbm: rxDbm ?? null, offPlanDb, policyVersion: policy.version };
  if (marginDb < 0) return refuse('overBudget', `The path loses ${lossDb} dB, more than the ${policy.budgetDb} dB the optics bear.`, { path: 'splitters', hint: 'Use a smaller splitter, a shorter way, or optics of a higher class.', facts });
  if (rxDbm !== undefined) {
    const no = (code: Code, message: string, hint: string) => refuse(code, message, { path: 'rxDbm', hint, facts });
    if (rxDbm === -30) return no('noReading', 'The ONT has no reading of its light.', 'Is it on, and is its fibre plugged in? Read again.');
    if (rxDbm < policy.receiver.weakestDbm) return no('lightTooWeak', `${rxDbm} dBm is below what the ONT can work with (${policy.receiver.weakestDbm}).`, 'Clean the connectors, look for a bend, measure at the splitter.');
    if (rxDbm > policy.receiver.strongestDbm) return no('lightTooStrong', `${rxDbm} dBm is more than the ONT bears (${policy.receiver.strongestDbm}).`, 'Is a splitter missing? Put in an attenuator.');
    if (offPlanDb! < -policy.toleranceDb && unmeasured === 0) return no('weakerThanPlanned', `${rxDbm} dBm is ${-offPlanDb!} dB darker than planned.`, 'Clean and measure; or the fibre runs another way than recorded.');
    if (offPlanDb! > policy.toleranceDb) return no('strongerThanPlanned', `${rxDbm} dBm is ${offPlanDb} dB brighter than planned.`, 'Fewer or smaller splitters than recorded: correct the record.');
  }
  return accept(
    { ...facts, rxDbm: rxDbm ?? null, offPlanDb },
    `${fibreDb} dB of fibre, ${splitterDb} dB of splitters, ${cableDb} dB of connectors: ${lossDb} of ${policy.budgetDb} dB.`,
    ...(unmeasured > 0 ? [`${unmeasured} cable${unmeasured > 1 ? 's have' : ' has'} no length; the loss is at least this.`] : []),
    ...(rxDbm === undefined ? [] : [`${rxDbm} dBm read, ${expectedRxDbm} planned.`]),
  );
}
