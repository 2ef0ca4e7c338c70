import { get } from '../../api/client';
import { childHistory, type ShownAct } from '../../api/wire';
import type { PageProps } from '../../app/routes';
import { t } from '../../text/text';
import { LoadedPage, useLoaded } from '../../ui/loading';
import { Link } from '../../ui/pieces';
import { pathOf, say, useChild } from '../../ui/whom';
import { EntryItem } from '../records/entry_item';
import { OlderButton } from '../records/older_button';
import { asOwn } from '../records/receipted';
import { type Part, useOlder } from '../records/use_older';

const ask = (child: string, before?: string) =>
  get('/api/v1/children/{child}/history', childHistory, { params: { child }, ...(before !== undefined && { query: { before } }) });

/** What is there, and by and by what was before it. */
function Entries({ id, first }: { id: string; first: Part<ShownAct, string> }) {
  const list = useOlder(first, (before: string) => ask(id, before));
  return (
    <>
      <ol class="timeline">{list.entries.map((one) => <EntryItem key={one.commitment} entry={asOwn(one)} level="h2" />)}</ol>
      <OlderButton list={list} />
    </>
  );
}

/** One's own acts for a child: a guardian sees no others. */
export default function ChildHistoryPage({ params }: PageProps) {
  const child = useChild();
  const id = params.child ?? '';
  const loaded = useLoaded(() => ask(id), id);
  return (
    <>
      <p class="back"><Link to={pathOf(child, '')}>{t('register.back')}</Link></p>
      <LoadedPage title={say(child, 'history.title')} loaded={loaded}>
        {(first) => (
          <>
            <p class="lead">{say(child, 'history.what')}</p>
            {first.entries.length === 0 && <p>{t('household.none', { name: child?.name ?? '' })}</p>}
            <Entries id={id} first={first} />
          </>
        )}
      </LoadedPage>
    </>
  );
}
