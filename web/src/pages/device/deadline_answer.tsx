import { useEffect, useRef } from 'preact/hooks';
import { formatDay } from '../../base/day';
import { dayInWords } from '../../text/dates';
import type { Alternative, Table } from '../../rules/answer';
import { calendarFile } from '../../slips/calendar_file';
import { t } from '../../text/text';
import { Button, Details, SummaryList } from '../../ui/pieces';
import { fullDay, now, plainDay, today } from './day_words';
import { English, periodInWords, stepInWords } from './deadline_words';
import type { Counted } from './deadlines';
import { download } from '../../ui/download';

function Rule({ rule }: Pick<Alternative, 'rule'>) {
  return (
    <SummaryList
      rows={[
        { key: 'rule', name: t('deadline.rule'), value: periodInWords(rule) },
        { key: 'source', name: t('deadline.source'), value: <English>{rule.source}</English> },
        { key: 'since', name: t('deadline.since'), value: dayInWords(rule.validFrom) },
      ]}
    />
  );
}

function How({ deadline, open }: Pick<Alternative, 'deadline'> & { open: boolean }) {
  return (
    <Details summary={t('deadline.how')} open={open}>
      <ol class="steps">{deadline.steps.map((step, i) => <li key={i}>{stepInWords(step)}</li>)}</ol>
    </Details>
  );
}

/** Sources differ: each answer by itself, and how they differ. */
function Alternatives({ alternatives }: { alternatives: readonly Alternative[] }) {
  const conflicts = alternatives.map(({ rule }) => rule.conflicting).filter((text): text is string => text !== undefined);
  return (
    <>
      <div class="note">
        <p>{t('deadline.differ', { count: alternatives.length })}</p>
        {Array.from(new Set(conflicts), (text) => <p key={text}><English>{text}</English></p>)}
      </div>
      {alternatives.map((one, i) => (
        <article key={one.rule.id} class="card" aria-labelledby={`answer-${i}`}>
          <h3 id={`answer-${i}`}>{t('deadline.alternative', { number: i + 1, count: alternatives.length })}</h3>
          <p>{t('deadline.by-this', { day: fullDay(one.deadline.lastDay) })}</p>
          <Rule rule={one.rule} />
          <How deadline={one.deadline} open={false} />
        </article>
      ))}
    </>
  );
}

function Notes({ table }: { table: Table }) {
  if (table.notes.length === 0) return null;
  return (
    <>
      <h3>{t('deadline.notes')}</h3>
      <ul lang="en">{table.notes.map((note) => <li key={note}>{note}</li>)}</ul>
    </>
  );
}

/** The file for a calendar: of the day, the place and the day of the event, and nothing else. */
function fileOf({ place: { table }, event, answer }: Counted): string {
  return calendarFile({
    id: `deadline-${table.name}-${formatDay(event)}`,
    day: answer.lastDay,
    summary: t('deadline.calendar.summary', { place: table.title }),
    description: t('deadline.calendar.description', { day: plainDay(event) }),
    made: now(),
  });
}

/** The last day, large, and why. It takes the focus when it comes. */
export function DeadlineAnswer({ counted }: { counted: Counted }) {
  const { place, answer } = counted;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    heading.current?.scrollIntoView({ block: 'start' });
  }, [counted]);
  const days = answer.lastDay - today();
  const [only, ...others] = answer.alternatives;
  return (
    <section aria-labelledby="answer">
      <h2 id="answer" ref={heading} tabIndex={-1}>{t('deadline.answer')}</h2>
      <div class="card place">
        <p class="kind"><English>{place.table.title}</English></p>
        <p class="great"><time dateTime={formatDay(answer.lastDay)}>{fullDay(answer.lastDay)}</time></p>
        <p>{days < 0 ? t('deadline.over', { days: -days }) : t('deadline.left', { days })}</p>
        {only && others.length === 0 && <Rule rule={only.rule} />}
        <p class="actions"><Button onClick={() => download('last-day.ics', 'text/calendar', fileOf(counted))}>{t('deadline.calendar')}</Button></p>
        <p class="hint">{t('deadline.calendar.what')}</p>
      </div>
      {others.length > 0 && <Alternatives alternatives={answer.alternatives} />}
      {only && others.length === 0 && <How deadline={only.deadline} open />}
      <Notes table={place.table} />
    </section>
  );
}
