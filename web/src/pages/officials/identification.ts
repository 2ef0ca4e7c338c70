import type { Fault } from '../../ui/form';
import { checkCard } from '../sign-in/credentials';
import { checkReference } from './checks';

export interface Identification {
  card: string;
  card_again: string;
  reference: string;
}

const bare = (typed: string) => typed.replace(/[\s-]/g, '').toUpperCase();

/** Nothing tells a wrong number from a right one, so it is typed twice. */
export function readIdentification(values: Readonly<Record<string, string>>): Identification | Fault[] {
  const { card = '', card_again = '', reference = '' } = values;
  const wrong = checkCard(card);
  const differs: Fault | null = !wrong && bare(card) !== bare(card_again) ? { field: 'card_again', id: 'official.card.differs' } : null;
  const faults = [wrong, differs, checkReference(reference)].filter((fault): fault is Fault => fault !== null);
  return faults.length > 0 ? faults : { card, card_again, reference: reference.trim() };
}
