import { makeStore } from '../../base/store';
import type { MessageId } from '../../text/text';

/** What has just been done to the whole form, told once on its page. */
export const news = makeStore<MessageId | null>(null);
