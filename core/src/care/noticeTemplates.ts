import { customerMessages } from './customerMessages.ts';
import type { NoticeTrigger } from './noticeFacts.ts';
import type { Ways } from './noticeWords.ts';
import { staffMessages } from './staffMessages.ts';

/** All messages: trigger, then the ways it may leave. */
export const noticeTemplates: Readonly<Record<NoticeTrigger, Ways>> = { ...customerMessages, ...staffMessages };
