import { VendorError } from '../../../core/src/index.ts';

/**
 * FreeRADIUS escapes every other character before it looks a name up (`jean+fibre@isp` becomes `jean=2Bfibre@isp`), so such an account
 * could never log in (contract 32). Names are case-sensitive on PostgreSQL; MariaDB finds any spelling.
 * @param longest what the tables hold: 253, or 64 on MariaDB.
 * @throws VendorError rejectedInput.
 * @example checkUsername('subscribers.get', 'ord-12@isp')
 */
export function checkUsername(operation: string, username: string, longest = 253): void {
  if (/^[A-Za-z0-9@._:/-]+$/.test(username) && username.length <= longest) return;
  throw new VendorError({
    vendor: 'radius',
    operation,
    kind: 'rejectedInput',
    message: 'The user name is too long, or has characters FreeRADIUS does not look up as they are.',
    hint: `Use 1 to ${longest} of: letters a–z, digits, and @ . _ : / -`,
  });
}
