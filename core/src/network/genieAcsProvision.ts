import { accept, refuse, type Decision } from '../kernel/decision.ts';
import type { CompiledProfile, CpeParameter } from './compileProfile.ts';
import { notSendable, profileBatches, type TargetRefusal } from './profileBatches.ts';

const fetching = `const serial = declare("DeviceID.SerialNumber", { value: 1 }).value[0];
const settings = ext("leadlight", "settings", serial);
const secret = (keys) => {
  let at = settings;
  for (const key of keys) at = at ? at[key] : undefined;
  if (typeof at !== "string" || at === "") throw new Error("the hub holds no " + keys.join("."));
  return at;
};
`;

/**
 * A provision script for GenieACS. Values are JSON literals, so no text breaks out; secrets are fetched from the hub while the script runs,
 * because scripts can be read by whoever reaches the NBI. Each group is committed by itself, in order. Takes no arguments, as their meaning
 * differs between 1.2 and 1.3. No line of it depends on a wish's order, so the same wish gives the same script.
 * @example genieAcsProvision(compiled).value.includes('declare("Device.NAT.X_TP_UPnPCfg.Enable", null, { value: false });') // true
 */
export function genieAcsProvision(compiled: CompiledProfile): Decision<string, TargetRefusal> {
  const no = notSendable(compiled, false);
  if (no) return no;
  const orphan = compiled.parameters.find(({ secret, secretFrom }) => secret && secretFrom === undefined);
  if (orphan) return refuse('secretNeedsSource', `${orphan.cap} is a secret and the hub holds none for it; a script must not carry it.`, { path: `desired.${orphan.cap}`, hint: 'Send it as a task, or say secretFrom in the profile.' });
  const value = (one: CpeParameter): string => (one.secret ? `secret(${JSON.stringify(one.secretFrom!.split('.'))})` : JSON.stringify(one.value));
  const blocks = profileBatches(compiled).map((batch) => batch.map((one) => `declare(${JSON.stringify(one.path)}, null, { value: ${value(one)} });\n`).join(''));
  const script = `// ${compiled.model}, made by Leadlight; changes here are overwritten.\n${compiled.parameters.some(({ secret }) => secret) ? fetching : ''}${blocks.join('commit();\n')}`;
  return accept(script, `${compiled.parameters.length} declarations in ${blocks.length} steps.`);
}
