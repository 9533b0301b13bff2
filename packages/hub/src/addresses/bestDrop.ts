import type { Instant, MaxSpeed, SpeedPolicy } from '../../../../core/src/index.ts';
import { dropState, type DropRow, type DropState, type Queryable } from '../../../journal/src/index.ts';
import { speedOf } from './oltCapacity.ts';

export interface BestDrop { readonly drop: DropRow; readonly state: DropState; readonly speed?: MaxSpeed }
/** A large building has more drops than need to be looked at. */
const LOOKED_AT = 8;

/** Of the drops at one door the one to offer: free before unbuilt before taken, then the fastest by what its line can carry. */
export async function bestDrop(on: Queryable, drops: readonly DropRow[], now: Instant, policy: SpeedPolicy): Promise<BestDrop | null> {
  const all = drops.map((drop) => ({ drop, state: dropState(drop, now) }));
  const offered = (['free', 'boxMissing'] as const).map((state) => all.filter((one) => one.state === state)).find((some) => some.length > 0);
  if (!offered) return all[0] ?? null;
  const measured = await Promise.all(offered.slice(0, LOOKED_AT).map(async (one) => ({ ...one, speed: await speedOf(on, one.drop, now, policy) })));
  return measured.reduce((best, one) => (one.speed.downMbps > best.speed.downMbps ? one : best));
}
