import { get } from '../../api/client';
import { profile } from '../../api/wire';
import { t } from '../../text/text';
import { useLoaded } from '../../ui/loading';

/** What a guardian should know, and so should the child. */
export function WhatYouSee() {
  const age = useLoaded(() => get('/api/v1/profile', profile, { gated: false })).value?.profile.own_account_from_age;
  return (
    <section aria-labelledby="seen">
      <h2 id="seen">{t('household.see')}</h2>
      <ul class="points">
        <li>{t('household.see.own')}</li>
        <li>{t('household.see.notice')}</li>
        {age !== undefined && <li>{t('household.see.age', { age })}</li>}
      </ul>
    </section>
  );
}
