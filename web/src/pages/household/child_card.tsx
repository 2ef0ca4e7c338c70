import type { ShownChild } from '../../api/wire';
import { dayInWords } from '../../text/dates';
import { t } from '../../text/text';
import { AddressText, ButtonLink } from '../../ui/pieces';
import { type Child, OfChild, pathOf, say } from '../../ui/whom';
import { StatedEnd } from '../home/place_card';

/** Where a child is registered, as far as one filed it oneself, and the way on. */
export function ChildCard({ shown, level: Heading }: { shown: ShownChild; level: 'h2' | 'h3' }) {
  const child: Child = { id: shown.id, name: shown.given_names };
  const active = shown.registrations.filter(({ ended }) => ended === null);
  return (
    <OfChild child={child}>
      <article class="card child" aria-labelledby={`child-${child.id}`}>
        <Heading id={`child-${child.id}`}><bdi>{child.name}</bdi></Heading>
        <p class="hint">{t('household.born', { day: dayInWords(shown.birth_date) })}</p>
        {active.map(({ id, kind, address, until }) => (
          <div key={id} class="lives">
            <p class="kind">{t(`kind.${kind}`)}</p>
            <AddressText address={address} />
            {until && <StatedEnd until={until} />}
          </div>
        ))}
        {active.length === 0 && <p>{say(child, 'home.nowhere')}</p>}
        <p class="actions">
          {active.length === 0 && <ButtonLink to={pathOf(child, 'register')}>{say(child, 'home.register')}</ButtonLink>}
          <ButtonLink second to={pathOf(child, '')}>{t('household.open', { name: child.name })}</ButtonLink>
        </p>
      </article>
    </OfChild>
  );
}
