import type { Registration } from '../../api/wire';
import { t } from '../../text/text';
import { ButtonLink, Details } from '../../ui/pieces';
import { pathOf, say, useChild } from '../../ui/whom';
import { EndedPlace, PlaceCard } from './place_card';

function NowhereYet() {
  const child = useChild();
  return (
    <div class="card place">
      <p class="lead">{say(child, 'home.nowhere')}</p>
      <p>{say(child, 'home.nowhere.what')}</p>
      <p class="actions"><ButtonLink to={pathOf(child, 'register')}>{say(child, 'home.register')}</ButtonLink></p>
    </div>
  );
}

/** Where somebody is registered: the person themselves, or the child of the page. */
export function Places({ registrations }: { registrations: readonly Registration[] }) {
  const child = useChild();
  const active = registrations.filter(({ ended }) => ended === null);
  const ended = registrations.filter((one) => one.ended !== null);
  return (
    <section aria-labelledby="places">
      <h2 id="places">{say(child, 'home.places')}</h2>
      {active.map((one) => <PlaceCard key={one.id} registration={one} />)}
      {active.length === 0 && <NowhereYet />}
      {active.length > 0 && <p class="actions"><ButtonLink second to={pathOf(child, 'register')}>{say(child, 'home.register-more')}</ButtonLink></p>}
      {ended.length > 0 && (
        <Details summary={t('home.earlier', { count: ended.length })}>
          <ul class="plain">{ended.map((one) => <li key={one.id}><EndedPlace registration={one} /></li>)}</ul>
        </Details>
      )}
    </section>
  );
}
