import type { JsonObject, Refused } from '@leadlight/core';
import type { Given, StepWork } from './runSaga.ts';

/** A step whose call reads before it writes and carries a key, so that asking again is the look. */
export function again(work: (given: Given) => Promise<JsonObject | Refused>): StepWork {
  return {
    do: work,
    observe: async (given) => {
      const answer = await work(given);
      return answer['type' as keyof typeof answer] === 'refused' ? null : (answer as JsonObject);
    },
  };
}
