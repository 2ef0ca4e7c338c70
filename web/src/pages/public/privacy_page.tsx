import { get } from '../../api/client';
import { rich, t } from '../../text/text';
import { LoadedPage, useLoaded } from '../../ui/loading';
import { Details, Link, SummaryList } from '../../ui/pieces';
import { inventory } from './answers';
import { type Bundle, type Group, groupsOf } from './inventory_groups';
import { Code, English, Section } from './sections';

const anchorOf = (place: number) => `stored-${place}`;

function BundleCard({ bundle: { fields, ground, seen_by, expiry, in_my_copy } }: { bundle: Bundle }) {
  const copy = in_my_copy === true ? t('privacy.in-copy') : <English>{in_my_copy}</English>;
  return (
    <li class="card stored">
      <ul class="plain">
        {fields.map(({ what, purpose, stored_at }) => (
          <li key={stored_at}><b><English>{what}</English></b><p><English>{purpose}</English></p></li>
        ))}
      </ul>
      <SummaryList
        rows={[
          { key: 'expiry', name: t('privacy.expiry'), value: <English>{expiry}</English> },
          { key: 'seen', name: t('privacy.seen-by'), value: <English>{seen_by}</English> },
        ]}
      />
      <Details summary={t('privacy.more')}>
        <SummaryList
          rows={[
            { key: 'ground', name: t('privacy.ground'), value: <English>{ground}</English> },
            { key: 'copy', name: t('privacy.copy'), value: copy },
            { key: 'where', name: t('privacy.stored-at'), value: <ul class="plain small">{fields.map(({ stored_at }) => <li key={stored_at}><Code>{stored_at}</Code></li>)}</ul> },
          ]}
        />
      </Details>
    </li>
  );
}

function Contents({ groups }: { groups: readonly Group[] }) {
  return (
    <Section id="contents" title={t('privacy.contents')}>
      <ul class="contents">
        {groups.map(({ name, count }, i) => (
          <li key={name}><a href={`#${anchorOf(i)}`}><English>{name}</English></a> <span class="hint">{t('privacy.count', { count })}</span></li>
        ))}
      </ul>
    </Section>
  );
}

/** The privacy notice: it is made from the register's own inventory, and cannot say anything else than what is stored. */
export default function PrivacyPage() {
  const loaded = useLoaded(() => get('/api/v1/privacy', inventory, { gated: false }));
  return (
    <LoadedPage title={t('privacy.title')} loaded={loaded}>
      {({ stored }) => {
        const groups = groupsOf(stored);
        return (
          <>
            <p class="lead">{t('privacy.lead')}</p>
            <p>{t('privacy.not')}</p>
            <Section id="rights" title={t('privacy.rights')}>
              <p>{rich('privacy.rights.what', { link: (words) => <Link to="home">{words}</Link> })}</p>
              <p>{t('privacy.rights.complain')}</p>
            </Section>
            <Contents groups={groups} />
            {groups.map(({ name, bundles }, i) => (
              <Section key={name} id={anchorOf(i)} title={<English>{name}</English>}>
                <ul class="bundles">{bundles.map((bundle, k) => <BundleCard key={k} bundle={bundle} />)}</ul>
              </Section>
            ))}
          </>
        );
      }}
    </LoadedPage>
  );
}
