import { useStore } from '../../base/store';
import { nameOf } from '../../drafts/children';
import { isFor, outbox } from '../../drafts/outbox';
import { t } from '../../text/text';
import { Link, Note } from '../../ui/pieces';
import { type Child, pathOf, sayRich, useChild } from '../../ui/whom';

function Waiting({ child }: { child: Child | null }) {
  return <Note><p>{sayRich(child, 'home.waiting', { link: (words) => <Link to={pathOf(child, 'register/waiting')}>{words}</Link> })}</p></Note>;
}

/** What waits on this device to be sent: on a child's page for the child, else for everybody. */
export function Waits() {
  const child = useChild();
  const waiting = useStore(outbox);
  if (child) return waiting.some(isFor(child.id)) ? <Waiting child={child} /> : null;
  return (
    <>
      {waiting.map((request) => {
        const id = request.child ?? null;
        return <Waiting key={request.key} child={id === null ? null : { id, name: nameOf(id) ?? t('household.a-child') }} />;
      })}
    </>
  );
}
