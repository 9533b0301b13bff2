import type { Decision } from '@leadlight/core';

/** The value of a yes; a no ends the program with its reason. @throws Error */
export function accepted<T>(decision: Decision<T>): T {
  if (decision.type === 'accepted') return decision.value;
  throw new Error([decision.message, decision.hint].filter(Boolean).join(' '));
}
