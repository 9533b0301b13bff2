import { createHmac, timingSafeEqual } from 'node:crypto';
import type { World } from '../world.ts';
import type { OktopusState } from './state.ts';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const sign = (key: string, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** A token for 24 hours, HS256, as Oktopus makes it. */
export function mint(world: World, state: OktopusState, email: string): string {
  const body = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ username: '', email, iss: 'Oktopus', exp: Math.floor(world.clock.ms / 1000) + 86_400 })}`;
  return `${body}.${sign(state.jwtKey, body).toString('base64url')}`;
}

/** The header is the token itself: with `Bearer` before it the parser fails. */
export function admits(world: World, state: OktopusState, header: string | undefined): boolean {
  const [head = '', claims = '', signature = ''] = (header ?? '').split('.');
  try {
    const wanted = sign(state.jwtKey, `${head}.${claims}`);
    const given = Buffer.from(signature, 'base64url');
    const { exp } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { exp: number };
    return (JSON.parse(Buffer.from(head, 'base64url').toString()) as { alg: string }).alg === 'HS256' && given.length === wanted.length && timingSafeEqual(given, wanted) && exp * 1000 > world.clock.ms;
  } catch {
    return false;
  }
}
