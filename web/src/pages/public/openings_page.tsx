import { get } from '../../api/client';
import { dayInWords } from '../../text/dates';
import { purposeInWords } from '../../text/operations';
import { rich, t } from '../../text/text';
import { LoadedPage, useLoaded } from '../../ui/loading';
import { Details } from '../../ui/pieces';
import { officeNames, type Week, weeklyOpenings } from './answers';
import { English } from './sections';

type Names = ReturnType<typeof officeNames>['profile'];

async function ask() {
  const [counts, rules] = await Promise.all([
    get('/api/v1/openings/weekly', weeklyOpenings, { gated: false }),
    get('/api/v1/profile', officeNames, { gated: false }),
  ]);
  if (!counts.ok) return counts;
  if (!rules.ok) return rules;
  return { ok: true as const, value: { ...counts.value, names: rules.value.profile } };
}

const weekInWords = ({ from, until }: Week) => t('openings.week', { from: dayInWords(from), until: dayInWords(until) });

/** So long as the number is large, of a hundred. */
function Measure({ share }: { share: number }) {
  return (
    <svg class="measure" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect width={Math.max(1, Math.round(100 * share))} height="8" />
    </svg>
  );
}

function WeekTable({ week, names, largest }: { week: Week; names: Names; largest: number }) {
  const office = (id: string) => names.offices.find((one) => one.id === id)?.name ?? id;
  const purpose = (id: string) => purposeInWords(names.purposes.find((one) => one.id === id) ?? { id, label: id });
  return (
    <table class="card">
      <caption>{weekInWords(week)}</caption>
      <thead>
        <tr><th scope="col">{t('openings.office')}</th><th scope="col">{t('openings.purpose')}</th><th scope="col" class="number">{t('openings.records')}</th></tr>
      </thead>
      <tbody>
        {week.counts.map((count) => (
          <tr key={`${count.office} ${count.purpose}`}>
            <th scope="row"><English>{office(count.office)}</English></th>
            <td>{purpose(count.purpose)}</td>
            <td class="number">{t('openings.about', { count: count.openings })}<Measure share={count.openings / largest} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `most`: what may be behind no number. */
function Weeks({ weeks, names, most }: { weeks: readonly Week[]; names: Names; most: number }) {
  const busy = weeks.filter(({ counts }) => counts.length > 0);
  const quiet = weeks.filter(({ counts }) => counts.length === 0);
  if (busy.length === 0) return <p class="note">{t('openings.none', { count: weeks.length, most })}</p>;
  const largest = Math.max(1, ...busy.flatMap(({ counts }) => counts.map(({ openings }) => openings)));
  return (
    <>
      {busy.map((week) => <WeekTable key={week.from} week={week} names={names} largest={largest} />)}
      {quiet.length > 0 && (
        <Details summary={t('openings.quiet', { count: quiet.length })}>
          <p>{t('openings.quiet.what', { most })}</p>
          <ul>{quiet.map((week) => <li key={week.from}>{weekInWords(week)}</li>)}</ul>
        </Details>
      )}
    </>
  );
}

/** Counts up to this one are rounded to none. */
const mostUntold = (step: number) => Math.ceil(step / 2) - 1;

/** For everybody: how many records the offices open, and for what. */
export default function OpeningsPage() {
  const loaded = useLoaded(ask);
  return (
    <LoadedPage title={t('openings.title')} loaded={loaded}>
      {({ weeks, names, rounded_to }) => (
        <>
          <p class="lead">{t('openings.lead')}</p>
          <p>{t('openings.rounded', { step: rounded_to, most: mostUntold(rounded_to) })}</p>
          <Weeks weeks={weeks} names={names} most={mostUntold(rounded_to)} />
          <p class="hint">{rich('openings.program', { link: (words) => <a href="/api/v1/openings/weekly">{words}</a> })}</p>
        </>
      )}
    </LoadedPage>
  );
}
