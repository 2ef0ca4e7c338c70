import type { components } from '../../api/openapi';
import { recordFields } from '../../api/wire';
import { type Decoder, list, oneOf, orNull, record, recordWith, text } from '../../base/decode';

// What the register answers an official.

type Schemas = components['schemas'];

export const roleIds = ['clerk', 'reviewer', 'supervisor', 'auditor'] as const satisfies readonly Schemas['RoleId'][];
export type RoleId = (typeof roleIds)[number];
const role = oneOf(...roleIds);

const purposeIds = ['school-enrolment', 'social-benefit', 'civil-status', 'tax-residence', 'counter-help'] as const satisfies readonly Schemas['PurposeId'][];
export type PurposeId = (typeof purposeIds)[number];

export const staffMember = record({
  official: text,
  name: text,
  office: text,
  roles: list(role),
  may: list(oneOf('open-record', 'identify-in-person', 'manage-roles', 'see-roles')),
});
export type Act = ReturnType<typeof staffMember>['may'][number];

export const offices = record({ profile: record({ offices: list(record({ id: text, name: text })) }) });

export const testStaff = record({ test_staff: list(record({ id: text, name: text, office: text })) });

export const purposes = record({ purposes: list(record({ id: oneOf(...purposeIds), fields: list(oneOf(...recordFields)) })) });
export type Purpose = ReturnType<typeof purposes>['purposes'][number];

const address = recordWith({ country: text, lines: list(text) }, { care_of: text });
export const opened = record({
  at: text,
  fields: recordWith(
    {},
    {
      family_name: orNull(text),
      given_names: orNull(text),
      birth_date: orNull(text),
      main_address: orNull(address),
      main_since: orNull(text),
      other_addresses: list(record({ kind: oneOf('main', 'secondary', 'temporary'), address })),
      assurance: orNull(oneOf('declared', 'code-confirmed', 'evidence-reviewed')),
    },
  ) satisfies Decoder<Schemas['OpenedFields']>,
});
export type Opened = ReturnType<typeof opened>;

export const newCode = record({ activation_code: text, good_from: text });
export type NewCode = ReturnType<typeof newCode>;

export const staffRoles = record({
  officials: list(record({ official: text, name: text, office: text, roles: list(role) })),
  proposals: list(record({ official: text, role, proposed_by: orNull(text), proposed_at: text, expires_at: text })),
});
export type StaffRoles = ReturnType<typeof staffRoles>;
export type Proposal = StaffRoles['proposals'][number];
export type Colleague = StaffRoles['officials'][number];

export const staffPasskeys = record({ passkeys: list(record({ id: text, name: text, added_at: text, last_used: orNull(text) })) });
