// A register in which every page of a resident's has something to show.
import assert from 'node:assert/strict';
import { berlin, program } from './harness.mjs';

/** A record with something in every list, and an official who has looked. */
export async function furnish(register) {
  const anna = await program(register);
  await anna.post('/api/v1/registrations', { kind: 'main', address: berlin, since: '2024-03-01' });
  await anna.post('/api/v1/registrations', { kind: 'temporary', address: { country: 'UZ', lines: ['Yunusobod, 4-mavze, “Shamol” yotoqxonasi', 'hovli ichida'] }, until: '2027-01-31' });
  const { opening_code } = await anna.post('/api/v1/opening-codes', { fields: ['family_name', 'main_address'], valid_minutes: 60 });
  await anna.post('/api/v1/opening-codes', { fields: ['given_names'], valid_minutes: 60 });
  const { registrations } = await anna.get('/api/v1/registrations');
  await anna.post('/api/v1/invitations', { registration: registrations[0].id });
  await anna.post('/api/v1/proofs', { life: 'lasting', fields: ['family_name', 'region'] });
  const json = { 'Content-Type': 'application/json' };
  const staff = await (await fetch(`${register}/api/v1/staff/sessions`, { method: 'POST', headers: json, body: '{"test_staff":"clerk-school"}' })).json();
  const opening = { code: opening_code.code, purpose: 'school-enrolment', reference: 'S-2026/118', fields: ['family_name', 'main_address'] };
  const opened = await fetch(`${register}/api/v1/staff/openings`, { method: 'POST', headers: { ...json, Authorization: `Bearer ${staff.token}` }, body: JSON.stringify(opening) });
  assert.ok(opened.ok, await opened.text());
  const { children: [emma] } = await anna.get('/api/v1/children');
  const filed = await anna.post(`/api/v1/children/${emma.id}/registrations`, { kind: 'main', address: { country: 'AM', lines: ['Աբովյան փողոց 12, բն. 4', 'Երևան'] } });
  const stay = await anna.post(`/api/v1/children/${emma.id}/registrations`, { kind: 'temporary', address: berlin, until: '2027-01-31' });
  await anna.post('/api/v1/rectification-requests', { field: 'given_names', wanted: 'Anna-Maria', reason: 'My passport spells it with a hyphen.' });
  return { anna, main: registrations[0].id, temporary: registrations[1].id, emma: emma.id, emmas: filed.registration.id, stay: stay.registration.id, receipt: filed.receipt.commitment };
}

/** Every page of a resident's, and its title. */
export const pagesOf = ({ main, temporary, emma, emmas, stay, receipt }) => [
  ['home', 'Your residence'], [`registrations/${main}`, 'One of your registrations'], [`registrations/${temporary}`, 'One of your registrations'],
  [`registrations/${main}/move`, 'You have moved'], [`registrations/${temporary}/correct`, 'Correct a registration'],
  [`registrations/${temporary}/renew`, 'You stay on'], [`registrations/${temporary}/make-main`, 'Make it your main residence'],
  [`registrations/${main}/end`, 'End a registration'], [`registrations/${main}/letter`, 'Confirm by a letter'], [`registrations/${main}/landlord`, 'Your landlord refuses'],
  ['history', 'Your history'], ['inbox', 'Inbox'], ['codes', 'Opening codes'], ['invitations', 'Move together'], ['proofs', 'Proofs of where you live'], ['account', 'Signing in'],
  ['children', 'Children you file for'], [`children/${emma}`, 'EMMA'], [`children/${emma}/register`, 'Register where EMMA lives'],
  [`children/${emma}/registrations/${emmas}`, 'A registration of EMMA'], [`children/${emma}/registrations/${stay}`, 'A registration of EMMA'],
  [`children/${emma}/registrations/${emmas}/move`, 'EMMA has moved'], [`children/${emma}/registrations/${stay}/correct`, 'Correct a registration of EMMA'],
  [`children/${emma}/registrations/${stay}/renew`, 'EMMA stays on'], [`children/${emma}/registrations/${stay}/make-main`, 'Make it the main residence of EMMA'],
  [`children/${emma}/registrations/${emmas}/end`, 'End a registration of EMMA'], [`children/${emma}/registrations/${emmas}/letter`, 'Confirm an address of EMMA by a letter'],
  [`children/${emma}/registrations/${emmas}/landlord`, 'The landlord refuses'], [`children/${emma}/codes`, 'Opening codes for EMMA'], [`children/${emma}/history`, 'Your acts for EMMA'], [`children/${emma}/receipts/${receipt}`, 'Receipt for EMMA'],
  ['children/0000000000000000', 'Children you file for'], ['rights', 'Your data and your rights'], ['rights/erasure', 'Have your record erased'],
  ['receipts/1', 'Receipt'], ['no/such/page', 'There is no such page'],
];

/** Once all of the page is there. */
export async function settled(page) {
  await page.waitForFunction(() => !document.querySelector('.on-its-way'));
  await page.waitForLoadState('networkidle');
}
