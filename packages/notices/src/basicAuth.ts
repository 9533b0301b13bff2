const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The Basic `Authorization` header, without Buffer. @example basicAuth('a', 'b') // 'Basic YTpi' */
export function basicAuth(user: string, secret: string): string {
  const bytes = new TextEncoder().encode(`${user}:${secret}`);
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let j = 0; j < 4; j += 1) out += i + j > bytes.length ? '=' : ALPHABET[(group >> (18 - 6 * j)) & 63];
  }
  return `Basic ${out}`;
}
