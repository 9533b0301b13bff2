import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Seals and opens small secrets. `context` (what the secret is for) is authenticated: a sealed text moved elsewhere does not open. */
export interface Vault {
  seal(plain: string, context: string): string;
  open(sealed: string, context: string): string;
}
/** Where random bytes come from. */
export type Random = (bytes: number) => Uint8Array;

/**
 * AES-256-GCM with a key of 32 bytes in hex.
 * @throws RangeError when the key is not 64 hex digits; Error when a sealed text was altered, moved, or sealed under another key.
 * @example const vault = openVault('00'.repeat(32)); vault.open(vault.seal('s3cret', 'wifi:1'), 'wifi:1') // 's3cret'
 */
export function openVault(hexKey: string, random: Random = randomBytes): Vault {
  if (!/^[0-9a-f]{64}$/i.test(hexKey)) throw new RangeError('The vault key is 64 hex digits (32 bytes).');
  const key = Buffer.from(hexKey, 'hex');
  return {
    seal(plain, context) {
      const iv = Buffer.from(random(12));
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return `v1.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    open(sealed, context) {
      try {
        if (!sealed.startsWith('v1.')) throw new Error();
        const bytes = Buffer.from(sealed.slice(3), 'base64url');
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(12, 28));
        return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
      } catch {
        throw new Error('A sealed secret does not open: it was altered, or LEADLIGHT_VAULT_KEY is not the key it was sealed with.');
      }
    },
  };
}

const READABLE = 'abcdefghjkmnpqrstuvwxyz23456789A'; // 32 signs nobody confuses on a label

/** A password of `length` signs, 5 bits each. @example mintPassword(randomBytes, 16).length // 16 */
export function mintPassword(random: Random, length: number): string {
  return Array.from(random(length), (byte) => READABLE[byte & 31]).join('');
}
