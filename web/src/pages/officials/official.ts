import type { Answer } from '../../api/client';
import { freshKey, get, post, remove } from '../../api/client';
import { session } from '../../api/passkeys';
import { offices, type RoleId, staffMember, type Act } from './wire';

// Who works here. The session is a cookie that no script can see, and none of it is kept on the device.

export interface Official {
  account: string;
  name: string;
  roles: readonly RoleId[];
  may: readonly Act[];
  /** The name of their own office. */
  office: string;
  /** The name of any office, by its id. */
  officeOf: (id: string) => string;
}

/** Whose pages are open in this tab: nobody else goes on with what they typed. */
let present: string | null = null;

/** Asks who is signed in. */
export async function askOfficial(): Promise<Answer<Official>> {
  const [member, places] = await Promise.all([get('/api/v1/staff/me', staffMember), get('/api/v1/profile', offices, { gated: false })]);
  if (!member.ok) return member;
  if (!places.ok) return places;
  const names = new Map(places.value.profile.offices.map(({ id, name }) => [id, name]));
  const { official: account, name, office, roles, may } = member.value;
  const officeOf = (id: string) => names.get(id) ?? id;
  present = account;
  return { ok: true, value: { account, name, roles, may, office: officeOf(office), officeOf } };
}

/** After a sign-in: true if it is somebody else than before. */
export async function isAnother(): Promise<Answer<boolean>> {
  const member = await get('/api/v1/staff/me', staffMember, { gated: false });
  if (!member.ok) return member;
  return { ok: true, value: present !== null && present !== member.value.official };
}

/** Test mode: a specimen official signs in. */
export function signInAsSpecimen(test_staff: string): Promise<Answer<unknown>> {
  return post('/api/v1/staff/sessions', { test_staff }, session, { key: freshKey(), gated: false });
}

/** A session that adds a passkey and does nothing else. */
export function signInByInvitation(invitation: string): Promise<Answer<unknown>> {
  return post('/api/v1/staff/sessions', { invitation }, session, { key: freshKey(), gated: false });
}

/** Ends the official's session; a person's in the same browser goes on. One that is over already counts as ended. */
export async function signOutAsOfficial(): Promise<Answer<null>> {
  const answer = await remove('/api/v1/staff/sessions', { gated: false });
  const over = answer.ok || (answer.failure.kind === 'refused' && answer.failure.status === 401);
  if (!over) return answer;
  present = null;
  return { ok: true, value: null };
}
