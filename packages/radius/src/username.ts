import { VendorError } from '../../../core/src/index.ts';

/**
 * FreeRADIUS escapes every other character before it looks a name up (`jean+fibre@isp` becomes `jean=2Bfibre@isp`), so such an account
 * could never log in (contract 32). Names are case-sensitive.
 * @throws VendorError rejectedInput.
 */
export function checkUsername(operation: string, username: string): void {
  if (/^[A-Za-z0-9@._:/-]{1,253}$/.test(username)) return;
  throw new VendorError({
    vendor: 'radius',
    operation,
    kind: 'rejectedInput',
    message: 'The user name has characters FreeRADIUS does not look up as they are.',
    hint: 'Use 1 to 253 of: letters a–z, digits, and @ . _ : / -',
  });
}
