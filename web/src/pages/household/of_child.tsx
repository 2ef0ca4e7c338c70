import type { ComponentType } from 'preact';
import { useState } from 'preact/hooks';
import { type Answer, get } from '../../api/client';
import { children } from '../../api/wire';
import type { PageProps } from '../../app/routes';
import { keepNames, nameOf } from '../../drafts/children';
import { sameOwner } from '../../drafts/owner';
import { rich, t } from '../../text/text';
import { LoadedPage, useLoaded } from '../../ui/loading';
import { Link } from '../../ui/pieces';
import { type Child, OfChild } from '../../ui/whom';

type Content = ComponentType<PageProps>;

/** The children that somebody files for; their names are kept for pages that have to do without a connection. */
export async function askForChildren() {
  const isTheirs = sameOwner();
  const answer = await get('/api/v1/children', children);
  if (answer.ok && isTheirs()) keepNames(answer.value.children.map(({ id, given_names }) => ({ id, name: given_names })));
  return answer;
}

async function find(id: string): Promise<Answer<{ name: string | null }>> {
  const answer = await askForChildren();
  return answer.ok ? { ok: true, value: { name: answer.value.children.find((child) => child.id === id)?.given_names ?? null } } : answer;
}

function Shown({ child, Content, params }: { child: Child; Content: Content; params: PageProps['params'] }) {
  return (
    <OfChild child={child}>
      <p class="whom">{rich('household.for', { name: <b key="name"><bdi>{child.name}</bdi></b> })}</p>
      <Content params={params} />
    </OfChild>
  );
}

/** Only until the name is there, which most pages know from before. */
function Unknown({ id, Content, params }: { id: string; Content: Content; params: PageProps['params'] }) {
  const loaded = useLoaded(() => find(id), id);
  const name = loaded.value?.name;
  if (name) return <Shown child={{ id, name }} Content={Content} params={params} />;
  return (
    <LoadedPage title={t('household.title')} loaded={loaded}>
      {() => <p>{rich('household.unknown', { link: (words) => <Link to="children">{words}</Link> })}</p>}
    </LoadedPage>
  );
}

/** Makes a page about a child of one about oneself, and says on top of it whom it is for. */
export function ofChild(Content: Content): Content {
  return function PageOfChild({ params }: PageProps) {
    const id = params.child ?? '';
    const [name] = useState(() => nameOf(id));
    return name === null ? <Unknown id={id} Content={Content} params={params} /> : <Shown child={{ id, name }} Content={Content} params={params} />;
  };
}
