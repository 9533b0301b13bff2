import { matchTechnician as decide, type JobToMatch, type Technician } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField } from '../../../shared/fields.ts';

type Given = Technician | ErpUser | { readonly json: Technician | ErpUser };
interface ErpUser { readonly name?: string; readonly _user_tags?: string }

/** A technician as the rule wants one, from a user row of ERPNext (tags there are `,Fibre,Installation`) or as it is. */
function technicianOf(given: Given): Technician {
  const row = 'json' in given ? given.json : given;
  return 'tags' in row ? row : { id: (row as ErpUser).name ?? '', tags: ((row as ErpUser)._user_tags ?? '').split(',').filter(Boolean) };
}

/** Who installs, and when (S1-096). */
export const matchTechnician = defineOperation<undefined>({
  value: 'matchTechnician',
  name: 'Match Technician',
  action: 'Match technician',
  description: 'Choose the technician and day for a job: holds every required tag, free on the earliest day the customer prefers, fewest jobs, nearest',
  fields: [
    jsonField('job', 'Job', 'Of the visit: requiredTags, preferredDates and, when known, latitude and longitude', { default: '={{ $json }}' }),
    jsonField('technicians', 'Technicians', 'List of technicians: id, tags and, when known, workingDays, daysOff, jobs, maxJobsPerDay, latitude, longitude; or users of ERPNext with name and _user_tags', { default: '[]' }),
  ],
  run: ({ read }) => decide(read.object('job') as unknown as JobToMatch, (read.json('technicians') as readonly Given[]).map(technicianOf).filter(({ id }) => id)),
});
