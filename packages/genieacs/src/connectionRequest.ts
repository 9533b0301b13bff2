import { fromSendFailure, isSendFailure, VendorError, type HttpReply } from '../../../core/src/index.ts';
import type { Nbi } from './call.ts';
import { fromReply, VENDOR } from './errors.ts';
import { segment } from './ids.ts';

/** 200 means that the CPE acknowledged the call, not that it is in a session yet (acs.md 1.4). */
export async function connectionRequest(nbi: Nbi, deviceId: string, sessionTimeoutMs = 8_000): Promise<{ readonly type: 'acknowledged'; readonly deviceId: string }> {
  const operation = 'connectionRequest';
  let reply: HttpReply;
  try {
    reply = await nbi.once({ method: 'POST', path: `/devices/${segment(deviceId)}/tasks`, query: { connection_request: true, timeout: sessionTimeoutMs }, timeoutMs: sessionTimeoutMs + 60_000 });
  } catch (error) {
    if (isSendFailure(error)) throw fromSendFailure(error, VENDOR, operation, false);
    throw error;
  }
  if (reply.status === 200) return { type: 'acknowledged', deviceId };
  if (reply.status === 504 && !/^\s*</.test(reply.text)) {
    throw new VendorError({ vendor: VENDOR, operation, kind: 'deviceSilent', status: 504, message: `The device did not answer the connection request: ${reply.text.slice(0, 120) || reply.reason}.`, hint: 'Check its power, its fibre, and whether GenieACS can reach its connection request URL.' });
  }
  throw fromReply(reply, operation);
}
