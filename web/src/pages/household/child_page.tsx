import { get } from '../../api/client';
import { child as oneChild } from '../../api/wire';
import type { PageProps } from '../../app/routes';
import { record } from '../../base/decode';
import { dayInWords } from '../../text/dates';
import { t } from '../../text/text';
import { LoadedPage, useLoaded } from '../../ui/loading';
import { Link } from '../../ui/pieces';
import { pathOf, say, useChild } from '../../ui/whom';
import { Ways } from '../../ui/ways';
import { Places } from '../home/places';
import { Waits } from '../home/waits';
import { WhatYouSee } from './what_you_see';

const answer = record({ child: oneChild });

/** A child that one files for: where they are registered, and what can be done for them. */
export default function ChildPage({ params }: PageProps) {
  const child = useChild();
  const id = params.child ?? '';
  const loaded = useLoaded(() => get('/api/v1/children/{child}', answer, { params: { child: id } }), id);
  return (
    <>
      <p class="back"><Link to="home">{t('app.home')}</Link></p>
      <LoadedPage title={child?.name ?? ''} loaded={loaded}>
        {({ child: { birth_date, registrations } }) => (
          <>
            <p class="hint">{t('household.born', { day: dayInWords(birth_date) })}</p>
            <Waits />
            <Places registrations={registrations} />
            <section aria-labelledby="next">
              <h2 id="next">{t('home.next')}</h2>
              <Ways
                ways={[
                  { to: pathOf(child, 'codes'), name: say(child, 'home.next.codes'), what: say(child, 'home.next.codes.what') },
                  { to: pathOf(child, 'history'), name: say(child, 'history.title'), what: say(child, 'history.what') },
                ]}
              />
            </section>
            <WhatYouSee />
          </>
        )}
      </LoadedPage>
    </>
  );
}
