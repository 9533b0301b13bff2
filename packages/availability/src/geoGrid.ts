import type { Columns } from './register.ts';

export interface GeoGrid {
  /** Visits the rows in the cells around a place. Latitude and longitude in millionths of a degree. */
  around(lat: number, lng: number, visit: (row: number) => void): void;
}
/** About 1.1 km north to south, 0.8 km west to east at 45°. */
const CELL = 10_000;

/** Puts the rows of a register that have coordinates into square cells; with `within`, only those in that box. */
export function geoGrid({ lat, lng }: Columns, within?: { readonly south: number; readonly north: number; readonly west: number; readonly east: number }): GeoGrid {
  let [south, north, west, east] = [Infinity, -Infinity, Infinity, -Infinity];
  if (within) ({ south, north, west, east } = within);
  else {
    for (let i = 0; i < lat.length; i += 1) {
      if (lat[i] === 0 && lng[i] === 0) continue;
      south = Math.min(south, lat[i]!); north = Math.max(north, lat[i]!); west = Math.min(west, lng[i]!); east = Math.max(east, lng[i]!);
    }
  }
  if (!(south <= north)) return { around: () => undefined };
  const rows = Math.floor((north - south) / CELL) + 1;
  const columns = Math.floor((east - west) / CELL) + 1;
  const cellOf = (a: number, b: number): number => (a < south || a > north || b < west || b > east ? -1 : Math.floor((a - south) / CELL) * columns + Math.floor((b - west) / CELL));
  const at = new Uint32Array(rows * columns + 1);
  for (let i = 0; i < lat.length; i += 1) { const cell = cellOf(lat[i]!, lng[i]!); if (cell >= 0) at[cell + 1]! += 1; }
  for (let i = 0; i < rows * columns; i += 1) at[i + 1]! += at[i]!;
  const held = new Uint32Array(at[rows * columns]!);
  const next = at.slice();
  for (let i = 0; i < lat.length; i += 1) { const cell = cellOf(lat[i]!, lng[i]!); if (cell >= 0) { held[next[cell]!] = i; next[cell]! += 1; } }
  return {
    around: (a, b, visit) => {
      const [r, c] = [Math.floor((a - south) / CELL), Math.floor((b - west) / CELL)];
      for (let y = Math.max(0, r - 1); y <= Math.min(rows - 1, r + 1); y += 1) {
        for (let x = Math.max(0, c - 1); x <= Math.min(columns - 1, c + 1); x += 1) {
          const cell = y * columns + x;
          for (let i = at[cell]!; i < at[cell + 1]!; i += 1) visit(held[i]!);
        }
      }
    },
  };
}
