/**
 * A recipient as it may be shown: enough to recognise, too little to reach.
 * @example maskRecipient('+15145550123') // '+1******0123'
 * @example maskRecipient('marie@example.ca') // 'm****@example.ca'
 */
export function maskRecipient(to: string): string {
  const at = to.lastIndexOf('@');
  if (at > 0) return `${to[0]}****${to.slice(at)}`;
  return /^\+\d{7,}$/.test(to) ? `${to.slice(0, 2)}******${to.slice(-4)}` : to;
}
