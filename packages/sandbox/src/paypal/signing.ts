import { createSign, createVerify, generateKeyPairSync } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** One pair for all sandboxes of a process: making one takes a while. */
let pair: { readonly publicKey: string; readonly privateKey: string } | undefined;
const keys = () => (pair ??= generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } }));
const signed = (id: string, time: string, webhookId: string, raw: Buffer | string): string => `${id}|${time}|${webhookId}|${crc32(raw)}`;

/** What stands behind the certificate address. */
export const paypalPublicKey = (): string => keys().publicKey;
export const CERT_URL = 'https://api.sandbox.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-sandbox';

/** The five headers of a delivery (erp.md 6.2). */
export function signPaypal(id: string, time: string, webhookId: string, raw: string): Record<string, string> {
  const sig = createSign('RSA-SHA256').update(signed(id, time, webhookId, raw)).sign(keys().privateKey, 'base64');
  return { 'paypal-transmission-id': id, 'paypal-transmission-time': time, 'paypal-transmission-sig': sig, 'paypal-cert-url': CERT_URL, 'paypal-auth-algo': 'SHA256withRSA' };
}

/**
 * What `verify-webhook-signature` answers. The event is taken from the request as it stands there, byte for byte: a body that was
 * parsed and written again has another checksum.
 */
export function verifies(text: string): boolean {
  const asked = JSON.parse(text) as Record<string, string>;
  const raw = /"webhook_event"\s*:\s*([\s\S]*)\}\s*$/.exec(text)?.[1] ?? '';
  const { transmission_id: id, transmission_time: time, webhook_id: webhookId, transmission_sig: sig, cert_url: cert } = asked;
  if (!id || !time || !webhookId || !sig || cert !== CERT_URL) return false;
  return createVerify('RSA-SHA256').update(signed(id, time, webhookId, raw)).verify(keys().publicKey, sig, 'base64');
}
