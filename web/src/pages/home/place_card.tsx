import type { Registration } from '../../api/wire';
import { dayAt, daysBetween } from '../../base/days';
import { dayInWords, momentInWords } from '../../text/dates';
import { rich, t } from '../../text/text';
import { AddressText, ButtonLink, DayText, Link, MomentText, SummaryList } from '../../ui/pieces';
import { pathOf, say, useChild } from '../../ui/whom';

const near_days = 30;

/** A stated end is told as what it is, before its day and after it: something the person said. */
export function StatedEnd({ until }: { until: string }) {
  const child = useChild();
  const left = daysBetween(dayAt(new Date()), until);
  const day = dayInWords(until);
  if (left < 0) return <p>{say(child, 'registration.end-over', { day })}</p>;
  if (left > near_days) return <p>{say(child, 'registration.end-far', { day })}</p>;
  return <p class="note">{say(child, 'registration.end-near', { day, days: left })}</p>;
}

/** What is registered of one place. */
function PlaceRows({ registration }: { registration: Registration }) {
  const { since, filed_at, assurance, confirmed_at, address } = registration;
  return (
    <SummaryList
      rows={[
        ...(address.care_of ? [{ key: 'care_of', name: t('field.care_of'), value: <bdi>{address.care_of}</bdi> }] : []),
        { key: 'since', name: t('registration.since'), value: <DayText day={since} /> },
        { key: 'filed', name: t('registration.filed'), value: <MomentText moment={filed_at} /> },
        { key: 'assurance', name: t('registration.assurance'), value: t(`assurance.${assurance}`) },
        ...(confirmed_at ? [{ key: 'confirmed', name: t('registration.confirmed'), value: <MomentText moment={confirmed_at} /> }] : []),
      ]}
    />
  );
}

/** `bare`: without the ways on, on the registration's own page. */
export function PlaceCard({ registration, bare = false }: { registration: Registration; bare?: boolean }) {
  const child = useChild();
  const { id, kind, address, until, undo_until } = registration;
  const Heading = bare ? 'h2' : 'h3';
  return (
    <article class="card place" aria-labelledby={`place-${id}`}>
      <Heading id={`place-${id}`} class="kind">{t(`kind.${kind}`)}</Heading>
      <AddressText address={address} />
      <PlaceRows registration={registration} />
      {until && <StatedEnd until={until} />}
      {!bare && <p class="actions"><ButtonLink second to={pathOf(child, `registrations/${id}`)}>{t('home.change')}</ButtonLink></p>}
      {!bare && undo_until && (
        <p class="hint">{rich('undo.offer', { until: momentInWords(undo_until), link: (words) => <Link to={pathOf(child, `registrations/${id}`)}>{words}</Link> })}</p>
      )}
    </article>
  );
}

/** One that has ended. */
export function EndedPlace({ registration, bare = false }: { registration: Registration; bare?: boolean }) {
  const child = useChild();
  const { id, kind, address, since, ended, undo_until } = registration;
  if (!ended) return null;
  const Heading = bare ? 'h2' : 'h3';
  const days = { since: dayInWords(since), on: dayInWords(ended.on) };
  return (
    <>
      <Heading class="kind">{t(`kind.${kind}`)}</Heading>
      <AddressText address={address} />
      <p>{ended.moved_to ? t('registration.ended-moved', days) : t('registration.ended', days)}</p>
      {undo_until && <p><Link to={pathOf(child, `registrations/${id}`)}>{t('undo.button')}</Link></p>}
    </>
  );
}
