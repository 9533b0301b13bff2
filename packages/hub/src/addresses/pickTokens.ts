import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../../../core/src/index.ts';

/** How long a picked address may be used. */
const LIVES_S = 3600;

/**
 * Tokens for addresses a search has shown: only who searched can ask about a place, and nobody walks through them by counting up.
 * They are signed, say nothing of ports, and end after an hour.
 * @example const tokens = pickTokens(vaultKey, clock); tokens.read(tokens.make('abc-12')) // 'abc-12'
 */
export function pickTokens(secret: string, clock: Clock) {
  const key = createHmac('sha256', Buffer.from(secret, 'hex')).update('pick tokens').digest();
  const sign = (text: string): Buffer => createHmac('sha256', key).update(text).digest().subarray(0, 12);
  return {
    make(placeId: string): string {
      const text = `${Math.floor(Date.parse(clock.now()) / 1000) + LIVES_S}.${placeId}`;
      return `pick_${Buffer.concat([sign(text), Buffer.from(text)]).toString('base64url')}`;
    },
    /** The place, `expired`, or undefined when it was never given out. */
    read(token: string): { readonly placeId: string } | 'expired' | undefined {
      const bytes = token.startsWith('pick_') ? Buffer.from(token.slice(5), 'base64url') : Buffer.alloc(0);
      const text = bytes.subarray(12).toString('utf8');
      if (bytes.length < 14 || !timingSafeEqual(bytes.subarray(0, 12), sign(text))) return undefined;
      const [, until = '', placeId = ''] = /^(\d+)\.(.+)$/s.exec(text) ?? [];
      return Number(until) * 1000 < Date.parse(clock.now()) ? 'expired' : { placeId };
    },
  };
}
export type PickTokens = ReturnType<typeof pickTokens>;
