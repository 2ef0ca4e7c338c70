import { t } from '../../text/text';
import { Link, SummaryList } from '../../ui/pieces';
import { OfficialsPage, pagesFor } from './frame';
import type { Official } from './official';

function Roles({ roles }: { roles: Official['roles'] }) {
  if (roles.length === 0) return <p class="note">{t('official.no-role')}</p>;
  return (
    <section aria-labelledby="own-roles">
      <h2 id="own-roles">{t('official.own-roles')}</h2>
      <SummaryList rows={roles.map((role) => ({ key: role, name: t(`official.role.${role}`), value: t(`official.role.${role}.what`) }))} />
    </section>
  );
}

/** What an official can do here. */
export default function OfficialsStartPage() {
  return (
    <OfficialsPage title={t('official.start')} at="staff">
      {(official) => (
        <>
          <p class="lead">{t('official.start.lead')}</p>
          <ul class="plain ways card">
            {pagesFor(official).map(({ to, name, what }) => <li key={to}><span class="way"><Link to={to}>{t(name)}</Link></span><p>{t(what)}</p></li>)}
          </ul>
          <Roles roles={official.roles} />
        </>
      )}
    </OfficialsPage>
  );
}
