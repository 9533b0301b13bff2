/** What counts how much, and from when an address is taken for the one that was meant. */
export interface MatchPolicy {
  readonly version: string;
  /** Weights of what agrees; together 1 for an address typed as it stands in the register. */
  readonly name: number;
  readonly town: number;
  readonly type: number;
  readonly direction: number;
  readonly postal: number;
  readonly suffix: number;
  /** No type, postal code or town was given. */
  readonly typeUnsaid: number;
  readonly postalUnsaid: number;
  readonly postalArea: number;
  readonly townUnsaid: number;
  readonly townByPostal: number;
  /** Taken off: Est and Ouest are two streets with the same numbers. `Open`: the direction may still be typed. */
  readonly directionUnsaid: number;
  readonly directionOpen: number;
  readonly directionWrong: number;
  readonly suffixUnsaid: number;
  readonly suffixMissing: number;
  readonly suffixWrong: number;
  readonly lookalike: number;
  /** Small favours that break ties. */
  readonly served: number;
  readonly near: number;
  readonly spelt: number;
  /** The same street in a town so near that people mix them up. */
  readonly neighbour: number;
  readonly neighbourKm: number;
  /** From here: certain, no further look; settled, no look-alikes; sure; else look further. */
  readonly certain: number;
  readonly settled: number;
  readonly sure: number;
  readonly weak: number;
  readonly poor: number;
  /** From here it is shown; from here, and so far ahead of the next, it is taken. */
  readonly offer: number;
  readonly accept: number;
  readonly margin: number;
}
/** Measured on 5.2 million generated addresses: below .88 a neighbouring town's house is taken for the right one. */
export const matchPolicy: MatchPolicy = {
  version: 'match/1', name: 0.52, town: 0.28, type: 0.06, direction: 0.04, postal: 0.08, suffix: 0.02, typeUnsaid: 0.6, postalUnsaid: 0.05, postalArea: 0.03, townUnsaid: 0.5, townByPostal: 0.8,
  directionUnsaid: 0.13, directionOpen: 0.03, directionWrong: 0.2, suffixUnsaid: 0.12, suffixMissing: 0.1, suffixWrong: 0.14, lookalike: 0.14, served: 0.012, near: 0.01, spelt: 0.035, neighbour: 0.4, neighbourKm: 18,
  certain: 0.985, settled: 0.95, sure: 0.86, weak: 0.84, poor: 0.72, offer: 0.6, accept: 0.88, margin: 0.03,
};
