import { bytesIn, isOneLine } from '../../base/lines';
import type { Fault } from '../../ui/form';
import type { MessageId } from '../../text/text';

/** What an entry has room for (log/entry.hpp). */
const max_reference_bytes = 64;

/** The number of a file of the office: the person sees it. */
export function checkReference(typed: string): Fault | null {
  const fault = (id: MessageId): Fault => ({ field: 'reference', id });
  const reference = typed.trim();
  if (reference === '') return fault('official.reference.missing');
  if (!isOneLine(reference)) return fault('official.reference.unseen');
  return bytesIn(reference) > max_reference_bytes ? fault('official.reference.too-long') : null;
}

/** One line of 43 characters of base64url (service/invitations.hpp). */
export function checkInvitation(typed: string): Fault | null {
  const invitation = typed.trim();
  if (invitation === '') return { field: 'invitation', id: 'official.invitation.missing' };
  return /^[\w-]{43}$/.test(invitation) ? null : { field: 'invitation', id: 'official.invitation.wrong' };
}

const max_name_bytes = 120;

export function checkPasskeyName(typed: string): Fault | null {
  const name = typed.trim();
  if (name === '') return { field: 'name', id: 'official.passkey.name.missing' };
  return bytesIn(name) > max_name_bytes ? { field: 'name', id: 'official.passkey.name.too-long' } : null;
}
