import { foldText } from './foldText.ts';

/** Where the operator will build next. */
export interface ExpansionZone {
  readonly name: string;
  readonly municipalities: readonly string[];
  /** First three characters of postal codes; when given, the address must have one of them too. */
  readonly postalAreas?: readonly string[];
}

/**
 * The first planned zone an address lies in: by municipality, and by postal area where the zone names some (S1-154).
 * @example expansionZoneOf({ municipality: 'FRANKLIN', postalCode: 'J0S 1E0' }, [{ name: '2027', municipalities: ['Franklin'] }])?.name // '2027'
 */
export function expansionZoneOf({ municipality, postalCode }: { readonly municipality: string; readonly postalCode: string }, zones: readonly ExpansionZone[]): ExpansionZone | undefined {
  const area = postalCode.trim().slice(0, 3).toUpperCase();
  return zones.find((one) => one.municipalities.some((name) => foldText(name) === foldText(municipality)) && (!one.postalAreas?.length || one.postalAreas.some((own) => own.toUpperCase() === area)));
}
