import { weekday, type CivilDate } from '../kernel/civil.ts';
import { accept, refuse, type Decision } from '../kernel/decision.ts';

export interface Technician {
  readonly id: string;
  /** What they are certified and equipped for, e.g. `Fibre`. */
  readonly tags: readonly string[];
  /** ISO weekdays they work; Monday to Friday when absent. */
  readonly workingDays?: readonly number[];
  readonly daysOff?: readonly CivilDate[];
  /** The days of the jobs they already have, one entry per job. */
  readonly jobs?: readonly CivilDate[];
  /** Default 4. */
  readonly maxJobsPerDay?: number;
  readonly latitude?: number;
  readonly longitude?: number;
}

export interface JobToMatch {
  readonly requiredTags: readonly string[];
  /** In the customer's order of preference. */
  readonly preferredDates: readonly CivilDate[];
  readonly latitude?: number;
  readonly longitude?: number;
}

export interface TechnicianMatch {
  readonly technicianId: string;
  readonly date: CivilDate;
  /** 1 = the customer's first choice. */
  readonly choice: number;
}

const fold = (tag: string): string => tag.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();

/** Straight-line kilometres, near enough to tell who is closer; unknown places count as far. */
function kilometres(a: { readonly latitude?: number; readonly longitude?: number }, b: typeof a): number {
  if (a.latitude === undefined || a.longitude === undefined || b.latitude === undefined || b.longitude === undefined) return 10_000;
  const east = (a.longitude - b.longitude) * Math.cos(((a.latitude + b.latitude) * Math.PI) / 360);
  return Math.hypot(a.latitude - b.latitude, east) * 111.2;
}

/**
 * Who installs, and when (S1-096): only technicians who hold every required tag, on the earliest of the customer's choices on which one
 * has room; among those the one with the fewest jobs that day, then the nearest, then by id, so that the same question gives the same
 * answer.
 * @example matchTechnician({ requiredTags: ['Fibre'], preferredDates: ['2026-04-07'] }, [{ id: 'luc', tags: ['Fibre'] }]) // accepted { technicianId: 'luc', date: '2026-04-07', choice: 1 }
 */
export function matchTechnician(job: JobToMatch, technicians: readonly Technician[]): Decision<TechnicianMatch, 'noDates' | 'noQualifiedTechnician' | 'noTechnicianFree'> {
  if (job.preferredDates.length === 0) return refuse('noDates', 'The customer named no days.', { path: 'preferredDates', hint: 'Call the customer and agree on a day.' });
  const able = technicians.filter((one) => job.requiredTags.every((tag) => one.tags.some((held) => fold(held) === fold(tag))));
  if (able.length === 0) {
    return refuse('noQualifiedTechnician', 'No technician holds every tag this job needs.', { path: 'requiredTags', hint: 'Assign by hand or add the tags to a technician.', facts: { requiredTags: [...job.requiredTags] } });
  }
  for (const [index, date] of job.preferredDates.entries()) {
    const load = (one: Technician): number => (one.jobs ?? []).filter((day) => day === date).length;
    const [best] = able
      .filter((one) => (one.workingDays ?? [1, 2, 3, 4, 5]).includes(weekday(date)) && !(one.daysOff ?? []).includes(date) && load(one) < (one.maxJobsPerDay ?? 4))
      .sort((a, b) => load(a) - load(b) || kilometres(a, job) - kilometres(b, job) || (a.id < b.id ? -1 : 1));
    if (best) {
      return accept({ technicianId: best.id, date, choice: index + 1 }, `${best.id} holds ${job.requiredTags.join(', ')}`, `${date} is choice ${index + 1}`, `${load(best)} jobs that day`);
    }
  }
  return refuse('noTechnicianFree', 'No qualified technician is free on any day the customer chose.', {
    path: 'preferredDates', hint: 'Offer other days or add a crew.', facts: { qualified: able.map((one) => one.id), preferredDates: [...job.preferredDates] },
  });
}
