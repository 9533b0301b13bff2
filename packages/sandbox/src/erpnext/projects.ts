import { setDirectly } from './documents.ts';
import { invalid } from './fault.ts';
import type { Hooks } from './hooks.ts';
import type { Site } from './site.ts';
import type { Row } from './store.ts';

const day = (value: unknown) => (typeof value === 'string' ? value.slice(0, 10) : '');

/** Project and Task: dates within the project, dependencies first, the project's percentage follows its tasks. */
export const projectHooks: Readonly<Record<string, Hooks>> = {
  Project: {
    defaults(site, row) {
      row['company'] ??= site.setting('Global Defaults', 'default_company') ?? null;
    },
    validate(site, row) {
      void site;
      if (day(row['expected_start_date']) && day(row['expected_end_date']) && day(row['expected_end_date']) < day(row['expected_start_date'])) throw invalid('Expected End Date should be greater than or equal to Expected Start Date', 'InvalidDates');
    },
  },
  Task: {
    defaults(site, row) {
      const project = site.store.find('Project', String(row['project'] ?? ''));
      row['company'] ??= project?.['company'] ?? null;
      for (const one of row['depends_on'] as Row[]) one['subject'] = site.store.find('Task', String(one['task'] ?? ''))?.['subject'] ?? null;
    },
    validate(site, row, before) {
      const [start, end] = [day(row['exp_start_date']), day(row['exp_end_date'])];
      if (start && end && end < start) throw invalid('<strong>Expected End Date</strong> should be greater than or equal to <strong>Expected Start Date</strong>', 'InvalidDates');
      const limit = day(site.store.find('Project', String(row['project'] ?? ''))?.['expected_end_date']);
      for (const [label, value] of [['Expected Start Date', start], ['Expected End Date', end]] as const) {
        if (limit && value && value > limit) throw invalid(`Task's <strong>${label}</strong> cannot be after Project's <strong>Expected End Date</strong>.`, 'InvalidDates');
      }
      if (row['status'] === 'Completed' && before?.['status'] !== 'Completed') {
        for (const one of row['depends_on'] as Row[]) {
          const status = site.store.find('Task', String(one['task'] ?? ''))?.['status'];
          if (status !== 'Completed' && status !== 'Cancelled') throw invalid(`Cannot complete task ${row.name} as its dependant task ${String(one['task'])} are not completed / cancelled.`);
        }
        row['progress'] = 100;
      }
    },
    saved: follow,
  },
};

// Recounts a project after one of its tasks was saved.
function follow(site: Site, task: Row): void {
  const name = String(task['project'] ?? '');
  const project = site.store.find('Project', name);
  if (!project || project['percent_complete_method'] !== 'Task Completion') return;
  const tasks = [...site.store.rows('Task').values()].filter((one) => one['project'] === name);
  const done = tasks.filter((one) => one['status'] === 'Completed' || one['status'] === 'Cancelled').length;
  const percent = tasks.length === 0 ? 0 : Math.round((done / tasks.length) * 10_000) / 100;
  setDirectly(site, 'Project', name, { percent_complete: percent, ...(percent === 100 && project['status'] === 'Open' ? { status: 'Completed' } : {}) });
}
