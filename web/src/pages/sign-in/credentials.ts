import type { Fault } from '../../ui/form';

// What can be said of a card number and a code before they are sent: the register's own rules
// (service/sign_in.hpp), so that a slip of the finger costs no try.

const ignored = /[\s-]/g;

/** 4 to 32 letters and digits; blanks and hyphens do not count. */
export function checkCard(typed: string): Fault | null {
  const number = typed.replace(ignored, '');
  if (number === '') return { field: 'card', id: 'sign-in.card.missing' };
  return /^[A-Za-z0-9]{4,32}$/.test(number) ? null : { field: 'card', id: 'sign-in.card.wrong' };
}

/** 12 characters of Crockford's base 32, in which O, I and L stand for 0 and 1. */
export function checkCode(typed: string): Fault | null {
  const code = typed.replace(ignored, '');
  if (code === '') return { field: 'code', id: 'sign-in.code.missing' };
  return /^[0-9A-TV-Za-tv-z]{12}$/.test(code) ? null : { field: 'code', id: 'sign-in.code.wrong' };
}
