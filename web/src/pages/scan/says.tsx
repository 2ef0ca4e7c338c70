import type { Statement } from '../../credential';
import { dayAt } from '../../base/days';
import { countryName } from '../../text/countries';
import { dayInWords } from '../../text/dates';
import { t } from '../../text/text';
import { DayText, MomentText, type Row, SummaryList } from '../../ui/pieces';
import { ageInDays } from './checking';

const kinds = ['main', 'secondary', 'temporary'] as const;
const assurances = ['declared', 'code-confirmed', 'evidence-reviewed'] as const;

const dayOf = (seconds: number) => dayAt(new Date(seconds * 1000));

function kindInWords(kind: string): string {
  const known = kinds.find((one) => one === kind);
  return known ? t(`kind.${known}`) : kind;
}

function assuranceInWords(assurance: string): string {
  const known = assurances.find((one) => one === assurance);
  return known ? t(`assurance.${known}`) : assurance;
}

function Lines({ text }: { text: string }) {
  return <div class="address">{text.split('\n').map((line, i) => <span key={i} dir="auto">{line}</span>)}</div>;
}

/** In the proof's own letters; parts alone where it shows no whole lines. */
function addressLines({ address: { formatted, street_address, house_number, postal_code, locality } }: Statement): string {
  const joined = (...parts: (string | undefined)[]) => parts.filter(Boolean).join(' ');
  return formatted ?? [joined(street_address, house_number), joined(postal_code, locality)].filter(Boolean).join('\n');
}

function rowsOf(said: Statement, now: number): Row[] {
  const { person, address, residence, paper } = said;
  const country = address.country === undefined ? undefined : countryName(address.country);
  const where = [address.region, country].filter(Boolean).join(', ');
  const lines = addressLines(said);
  const row = (key: string, name: string, value: Row['value'] | undefined): Row[] => (value ? [{ key, name, value }] : []);
  return [
    ...row('family', t('field.family_name'), person.family_name && <b dir="auto">{person.family_name}</b>),
    ...row('given', t('field.given_names'), person.given_name && <b dir="auto">{person.given_name}</b>),
    ...row('birth', t('field.birth_date'), person.birthdate && dayInWords(person.birthdate)),
    ...row('address', t('field.address'), lines && <Lines text={lines} />),
    ...row('where', t('scan.says.where'), where),
    ...row('kind', t('field.kind'), residence.kind && kindInWords(residence.kind)),
    ...row('since', t('field.since'), residence.since && dayInWords(residence.since)),
    ...row('assurance', t('field.assurance'), residence.assurance && assuranceInWords(residence.assurance)),
    ...row('made', t('scan.says.made'), <><DayText day={paper?.issuedOn ?? dayOf(said.issuedAt)} /> · {t('scan.says.age', { days: ageInDays(said, now) })}</>),
    ...row('until', t('scan.says.until'), paper ? <DayText day={paper.goodThrough} /> : <MomentText moment={new Date(said.expiresAt * 1000).toISOString()} />),
    ...row('issuer', t('scan.says.issuer'), <span class="code">{said.issuer}</span>),
    ...row('number', t('scan.says.number'), paper && <span class="code">{paper.number}</span>),
  ];
}

/** What a proof says, and of what day. */
export function Says({ said, now }: { said: Statement; now: number }) {
  return <SummaryList rows={rowsOf(said, now)} />;
}
