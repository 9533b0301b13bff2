export type RoundingMethod = "Banker's Rounding (legacy)" | "Banker's Rounding" | 'Commercial Rounding';

/**
 * Rounds as the site is set up. Commercial: halves away from zero. Banker's: halves to even. Legacy: halves towards plus infinity.
 * @example roundTo(2.505, 2, 'Commercial Rounding') // 2.51
 */
export function roundTo(value: number, places: number, method: RoundingMethod): number {
  const step = 10 ** (8 - places);
  const scaled = Math.round(value * 1e8);
  const low = Math.floor(scaled / step);
  const rest = scaled - low * step;
  const tie = rest * 2 === step;
  const up = tie ? (method === 'Commercial Rounding' ? value > 0 : method === "Banker's Rounding" ? low % 2 !== 0 : true) : rest * 2 > step;
  return (low + (up ? 1 : 0)) / 10 ** places + 0;
}
