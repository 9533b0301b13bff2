import { serve, type Running, type SimReply } from '../http.ts';
import type { World } from '../world.ts';

export interface ChatPost { readonly kind: 'slack' | 'teams'; readonly room: string; readonly text: string; readonly at: string }
export interface ChatSandbox extends Running {
  /** The secret address of a room; unknown rooms answer as revoked ones do. */
  webhook(kind: ChatPost['kind'], room: string): string;
  /** What people in the rooms really see: a Teams flow that failed after its 202 is not here. */
  sent(): readonly ChatPost[];
  /** Closes a room's webhook. */
  revoke(room: string): void;
}

/** Slack's incoming webhook (200 `ok`, text/plain errors, one message a second) and a Teams workflow (202 whatever becomes of it) (erp.md 6.6). */
export async function startChat(world: World, options: { readonly port?: number; readonly rooms?: readonly string[] } = {}): Promise<ChatSandbox> {
  const rooms = new Set(options.rooms ?? ['dispatch', 'sales', 'noc']);
  const posts: ChatPost[] = [];
  const text = (status: number, body: string, headers: Record<string, string> = {}): SimReply => ({ status, body, headers: { 'content-type': 'text/html', ...headers } });

  const slack = (room: string, raw: string): SimReply => {
    if (!rooms.has(room)) return text(404, 'no_service');
    let body: { text?: unknown; blocks?: unknown };
    try {
      body = JSON.parse(raw) as typeof body;
    } catch {
      return text(400, 'invalid_payload');
    }
    if (typeof body.text !== 'string' || body.text === '') return text(400, 'no_text');
    posts.push({ kind: 'slack', room, text: body.text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&'), at: world.clock.now() });
    return text(200, 'ok');
  };
  const teams = (room: string, raw: string): SimReply => {
    let body: { type?: string; attachments?: { contentType?: string; content?: { type?: string; body?: { type?: string; text?: string }[] } }[] };
    try {
      body = JSON.parse(raw) as typeof body;
    } catch {
      return { status: 400, body: { error: { code: 'InvalidRequestContent', message: 'The request content is not valid and could not be deserialized.' } } };
    }
    if (!rooms.has(room)) return { status: 401, body: { error: { code: 'DirectApiAuthorizationRequired', message: 'The OAuth authorization scheme is required.' } } };
    const card = body.type === 'message' ? body.attachments?.find((one) => one.contentType === 'application/vnd.microsoft.card.adaptive')?.content : undefined;
    const words = card?.type === 'AdaptiveCard' ? card.body?.filter((block) => block.type === 'TextBlock').map((block) => block.text ?? '').join('\n') : undefined;
    if (words) posts.push({ kind: 'teams', room, text: words, at: world.clock.now() });
    return { status: 202 };
  };

  const running = await serve(world, 'chat', (request) => {
    if (request.method !== 'POST') return text(405, 'method_not_allowed');
    const [, first, ...rest] = request.rawPath.split('/');
    if (first === 'services' && rest.length === 3) return slack(decodeURIComponent(rest[2]!), request.text);
    if (first === 'workflows' && rest.length >= 1) return teams(decodeURIComponent(rest[0]!), request.text);
    return text(404, 'no_team');
  }, options.port ?? 0);
  return {
    ...running,
    webhook: (kind, room) => (kind === 'slack' ? `${running.url}/services/T0LEADLIGHT/B0LEADLIGHT/${encodeURIComponent(room)}` : `${running.url}/workflows/${encodeURIComponent(room)}/triggers/manual/paths/invoke?api-version=1&sig=sandbox`),
    sent: () => [...posts],
    revoke: (room) => void rooms.delete(room),
  };
}
