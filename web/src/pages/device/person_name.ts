import { t } from '../../text/text';
import { fieldOf } from './arrival_values';

/** What to call a person of the form: by name, or by their place while there is none. */
export function nameOf(values: Readonly<Record<string, string>>, person: number): string {
  const part = (name: string) => (values[fieldOf(person, name)] ?? '').trim();
  return [part('given'), part('family')].filter(Boolean).join(' ') || t('arrival.person', { number: person + 1 });
}
