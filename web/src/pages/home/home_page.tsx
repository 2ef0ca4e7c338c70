import type { ComponentChildren } from 'preact';
import { get } from '../../api/client';
import type { Me, Registration, ShownNotice } from '../../api/wire';
import { inbox, me } from '../../api/wire';
import { useStore } from '../../base/store';
import { outbox } from '../../drafts/outbox';
import { rich, t } from '../../text/text';
import { purposeInWords, sentenceOf } from '../../text/operations';
import { LoadedPage, useLoaded } from '../../ui/loading';
import { ButtonLink, Details, Link, MomentText, Note } from '../../ui/pieces';
import { EndedPlace, PlaceCard } from './place_card';

const shown_reads = 3;

async function ask() {
  const [person, notices] = await Promise.all([get('/api/v1/me', me), get('/api/v1/inbox', inbox)]);
  if (!person.ok) return person;
  if (!notices.ok) return notices;
  return { ok: true as const, value: { person: person.value, notices: notices.value.notices } };
}

function NowhereYet() {
  return (
    <div class="card place">
      <p class="lead">{t('home.nowhere')}</p>
      <p>{t('home.nowhere.what')}</p>
      <p class="actions"><ButtonLink to="register">{t('home.register')}</ButtonLink></p>
    </div>
  );
}

function Places({ registrations }: { registrations: readonly Registration[] }) {
  const active = registrations.filter(({ ended }) => ended === null);
  const ended = registrations.filter((one) => one.ended !== null);
  return (
    <section aria-labelledby="places">
      <h2 id="places">{t('home.places')}</h2>
      {active.map((one) => <PlaceCard key={one.id} registration={one} />)}
      {active.length === 0 && <NowhereYet />}
      {active.length > 0 && <p class="actions"><ButtonLink second to="register">{t('home.register-more')}</ButtonLink></p>}
      {ended.length > 0 && (
        <Details summary={t('home.earlier', { count: ended.length })}>
          <ul class="plain">{ended.map((one) => <li key={one.id}><EndedPlace registration={one} /></li>)}</ul>
        </Details>
      )}
    </section>
  );
}

/** Not what the holder did themselves. */
function Reads({ notices }: { notices: readonly ShownNotice[] }) {
  const others = notices.filter(({ actor }) => actor !== 'holder').slice(0, shown_reads);
  return (
    <section aria-labelledby="reads">
      <h2 id="reads">{t('home.reads')}</h2>
      {others.length === 0 && <p>{t('home.reads.none')}</p>}
      <ul class="plain">
        {others.map((one) => (
          <li key={one.entry}>
            <b>{sentenceOf(one)}</b>
            <p>{one.purpose && <>{purposeInWords(one.purpose)}<br /></>}<MomentText moment={one.at} /></p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function News({ notices }: { notices: readonly ShownNotice[] }) {
  const unread = notices.filter(({ read }) => !read).length;
  if (unread === 0) return null;
  return <Note><p>{rich('home.news', { count: unread, link: (words) => <Link to="inbox">{words}</Link> })}</p></Note>;
}

/** The plain pages, where the app has none of its own yet, are links as well. */
function Next() {
  const way = (link: ComponentChildren, what: string) => <li><span class="way">{link}</span><p>{what}</p></li>;
  return (
    <section aria-labelledby="next">
      <h2 id="next">{t('home.next')}</h2>
      <ul class="plain ways">
        {way(<Link to="proofs">{t('home.next.prove')}</Link>, t('home.next.prove.what'))}
        {way(<Link to="codes">{t('home.next.codes')}</Link>, t('home.next.codes.what'))}
        {way(<Link to="invitations">{t('home.next.together')}</Link>, t('home.next.together.what'))}
        {way(<a href="/children">{t('home.next.children')}</a>, t('home.next.children.what'))}
        {way(<a href="/rights">{t('home.next.rights')}</a>, t('home.next.rights.what'))}
      </ul>
    </section>
  );
}

function Name({ person }: { person: Me['person'] }) {
  return person && <p class="caption name"><bdi>{[person.given_names, person.family_name].filter(Boolean).join(' ')}</bdi></p>;
}

/** Where am I registered, until when, what next, who has looked. */
export default function HomePage() {
  const loaded = useLoaded(ask);
  const waits = useStore(outbox).length > 0;
  return (
    <LoadedPage title={t('home.title')} loaded={loaded}>
      {({ person, notices }) => (
        <>
          <Name person={person.person} />
          {waits && <Note><p>{rich('home.waiting', { link: (words) => <Link to="register/waiting">{words}</Link> })}</p></Note>}
          <News notices={notices} />
          <Places registrations={person.registrations} />
          <Reads notices={notices} />
          <Next />
        </>
      )}
    </LoadedPage>
  );
}
