// Where 16 differs from 15 on the doctypes of the path.
const CHANGES: readonly (readonly [doctype: string, from: string, to: string])[] = [
  ['Task', 'exp_start_date | Date\n', 'exp_start_date | Datetime\n'],
  ['Task', 'exp_end_date | Date\n', 'exp_end_date | Datetime\n'],
  ['Lead', 'source | Link:Lead Source\n', 'utm_source | Data\n'],
  ['Lead', 'campaign_name | Data\n', 'utm_campaign | Data\n    utm_medium | Data\n'],
  ['Customer', 'Company,Individual,Proprietorship,Partnership', 'Company,Individual,Partnership'],
  ['Issue', 'resolution_by | Datetime', 'sla_resolution_by | Datetime'],
];

/** A doctype's field table as the release has it. */
export function inRelease(release: 15 | 16, doctype: string, text: string): string {
  if (release === 15) return text;
  return CHANGES.filter(([name]) => name === doctype).reduce((now, [, from, to]) => now.replace(from, to), text);
}
