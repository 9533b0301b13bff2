import type { Inputs } from '../../../shared/inputs.ts';

type By = 'omci' | 'ploam' | 'serial';
const isBy = (text: string | undefined): text is By => text === 'omci' || text === 'ploam' || text === 'serial';

/** The body of Enable and Disable: how to switch, when that was chosen. */
export function switched(read: Inputs): { readonly by?: By } {
  const by = read.options('options').text('by');
  return isBy(by) ? { by } : {};
}
