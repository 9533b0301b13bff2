const SECRET = /(passphrase|password|passwd|presharedkey|psk|wepkey|secret|privatekey|x_tp_.*pwd)$/i;

/**
 * Whether a parameter's last name says it holds a secret. Such a parameter is written but never shown, and never verified by reading
 * back: real CPEs report it empty (acs.md 1.8).
 * @example isSecretPath('Device.WiFi.AccessPoint.1.Security.KeyPassphrase') // true
 */
export function isSecretPath(path: string): boolean {
  const names = path.replace(/\.+$/, '').split('.');
  const last = names.at(-1) ?? '';
  return SECRET.test(/^\d+$/.test(last) ? (names.at(-2) ?? '') : last);
}
