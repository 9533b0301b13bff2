/** Distance on the sphere, flat enough within a province. */
export function kilometres(latA: number, lngA: number, latB: number, lngB: number): number {
  const north = (latA - latB) * 111.32;
  const east = (lngA - lngB) * 111.32 * Math.cos(((latA + latB) / 2) * (Math.PI / 180));
  return Math.hypot(north, east);
}
