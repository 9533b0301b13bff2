import { rejected } from './call.ts';

/** A circle on the map; metres. */
export interface Circle { readonly latitude: number; readonly longitude: number; readonly radiusM: number }
export interface Geofence { readonly id: number; readonly name: string; readonly area: string }

/**
 * A circle as Traccar writes it: latitude before longitude, seven decimals at most.
 * @throws VendorError `rejectedInput` when it is no place or the radius is not 10 to 100,000 m.
 * @example circleArea({ latitude: 45.123, longitude: -73.456, radiusM: 150 }) // 'CIRCLE (45.123 -73.456, 150)'
 */
export function circleArea({ latitude, longitude, radiusM }: Circle): string {
  const wrong = (what: string) => rejected('ensure geofence', what, 'Give latitude -90 to 90, longitude -180 to 180 and a radius of 10 to 100,000 m.');
  if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) throw wrong('The centre is no place on earth.');
  if (!(radiusM >= 10 && radiusM <= 100_000)) throw wrong('The radius is too small or too large.');
  const degree = (value: number): number => Math.round(value * 1e7) / 1e7;
  return `CIRCLE (${degree(latitude)} ${degree(longitude)}, ${Math.round(radiusM)})`;
}

/** Whether two areas are the same circle, however the numbers are written. @example sameCircle('CIRCLE (45.1230 -73.4560, 150.0)', 'CIRCLE (45.123 -73.456, 150)') // true */
export function sameCircle(a: string, b: string): boolean {
  const read = (area: string): number[] | null => {
    const found = /^\s*CIRCLE\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*,\s*([\d.]+)\s*\)\s*$/i.exec(area);
    return found ? found.slice(1).map(Number) : null;
  };
  const [one, other] = [read(a), read(b)];
  return one !== null && other !== null && one.every((value, i) => Math.abs(value - other[i]!) < (i < 2 ? 1e-7 : 0.5));
}
