import { get } from '../../api/client';
import type { Me, ShownChild, ShownNotice } from '../../api/wire';
import { inbox, me } from '../../api/wire';
import { momentInWords } from '../../text/dates';
import { purposeInWords, sentenceOf } from '../../text/operations';
import { rich, t } from '../../text/text';
import { AroundAMove } from '../../ui/around';
import { LoadedPage, useLoaded } from '../../ui/loading';
import { Link, MomentText, Note } from '../../ui/pieces';
import { Ways } from '../../ui/ways';
import { ChildCard } from '../household/child_card';
import { askForChildren } from '../household/of_child';
import { Places } from './places';
import { Waits } from './waits';

const shown_reads = 3;

async function ask() {
  const [person, notices, household] = await Promise.all([get('/api/v1/me', me), get('/api/v1/inbox', inbox), askForChildren()]);
  if (!person.ok) return person;
  if (!notices.ok) return notices;
  if (!household.ok) return household;
  return { ok: true as const, value: { person: person.value, notices: notices.value.notices, children: household.value.children } };
}

/** The children that somebody files for, if there are any: where they are registered, and what next. */
function Household({ children }: { children: readonly ShownChild[] }) {
  if (children.length === 0) return null;
  return (
    <section aria-labelledby="household">
      <h2 id="household">{t('household.title')}</h2>
      {children.map((one) => <ChildCard key={one.id} shown={one} level="h3" />)}
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

function Next() {
  return (
    <section aria-labelledby="next">
      <h2 id="next">{t('home.next')}</h2>
      <Ways
        ways={[
          { to: 'proofs', name: t('home.next.prove'), what: t('home.next.prove.what') },
          { to: 'codes', name: t('home.next.codes'), what: t('home.next.codes.what') },
          { to: 'invitations', name: t('home.next.together'), what: t('home.next.together.what') },
          { to: 'children', name: t('home.next.children'), what: t('home.next.children.what') },
          { to: 'rights', name: t('home.next.rights'), what: t('home.next.rights.what') },
        ]}
      />
    </section>
  );
}

/** Somebody who asked for it may want to take it back, and can do nothing else until then. */
function Erasure({ due }: { due: string }) {
  return <Note><p>{rich('home.erasure', { due: momentInWords(due), link: (words) => <Link to="rights/erasure">{words}</Link> })}</p></Note>;
}

function Name({ person }: { person: Me['person'] }) {
  return person && <p class="caption name"><bdi>{[person.given_names, person.family_name].filter(Boolean).join(' ')}</bdi></p>;
}

/** Where am I registered, until when, what next, who has looked. */
export default function HomePage() {
  const loaded = useLoaded(ask);
  return (
    <LoadedPage title={t('home.title')} loaded={loaded}>
      {({ person, notices, children }) => (
        <>
          <Name person={person.person} />
          {person.erasure && <Erasure due={person.erasure.due} />}
          <Waits />
          <News notices={notices} />
          <Places registrations={person.registrations} />
          <Household children={children} />
          <Reads notices={notices} />
          <Next />
          <AroundAMove />
        </>
      )}
    </LoadedPage>
  );
}
