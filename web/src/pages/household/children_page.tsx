import { t } from '../../text/text';
import { LoadedPage, useLoaded } from '../../ui/loading';
import { Link } from '../../ui/pieces';
import { ChildCard } from './child_card';
import { askForChildren } from './of_child';
import { WhatYouSee } from './what_you_see';

/** The children that somebody files for as a guardian. */
export default function ChildrenPage() {
  const loaded = useLoaded(askForChildren);
  return (
    <>
      <p class="back"><Link to="home">{t('app.home')}</Link></p>
      <LoadedPage title={t('household.title')} loaded={loaded}>
        {({ children }) => (
          <>
            {children.length === 0 && <><p class="lead">{t('household.nobody')}</p><p>{t('household.nobody.what')}</p></>}
            {children.map((one) => <ChildCard key={one.id} shown={one} level="h2" />)}
            <WhatYouSee />
          </>
        )}
      </LoadedPage>
    </>
  );
}
