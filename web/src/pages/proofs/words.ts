import { dayInWords } from '../../text/dates';
import { countryName } from '../../text/countries';
import { fieldInWords } from '../../text/operations';
import { t } from '../../text/text';
import type { Choice } from './kept';

const kinds = ['main', 'secondary', 'temporary'] as const;
const assurances = ['declared', 'code-confirmed', 'evidence-reviewed'] as const;

/** What can be shown, by its name. */
export function choiceInWords(choice: Choice): string {
  if (choice === 'kind') return t('field.kind');
  return choice === 'region' ? t('proof.region') : fieldInWords(choice);
}

/** What a proof says of one of the choices, for people. What this app has no word for is shown as it stands. */
export function saidInWords(choice: Choice, value: string): string {
  const kind = choice === 'kind' ? kinds.find((one) => one === value) : undefined;
  if (kind) return t(`kind.${kind}`);
  const assurance = choice === 'assurance' ? assurances.find((one) => one === value) : undefined;
  if (assurance) return t(`assurance.${assurance}`);
  if (choice === 'since' || choice === 'birth_date') return dayInWords(value);
  if (choice === 'region') return value.split('\n').map((part, i, all) => (i === all.length - 1 ? countryName(part) : part)).join(', ');
  return value.split('\n').join(', ');
}
