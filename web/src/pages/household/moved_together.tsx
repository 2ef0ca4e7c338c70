import { useState } from 'preact/hooks';
import { post } from '../../api/client';
import { type Acted, acted, type Registration, type ShownChild } from '../../api/wire';
import { nameOfReceipt } from '../../app/receipts';
import { rich, t } from '../../text/text';
import { useDoing } from '../../ui/doing';
import { FaultSummary } from '../../ui/fields';
import { useForm } from '../../ui/form';
import { FailureText, useLoaded } from '../../ui/loading';
import { Button, Link, Note } from '../../ui/pieces';
import { OfChild, pathOf } from '../../ui/whom';
import { askForChildren } from './of_child';
import { sameAddress } from './same_address';

/** Lived where the person did, in a main residence that they filed themselves. */
function livedThere({ registrations }: ShownChild, left: Registration): boolean {
  return registrations.some(({ kind, ended, address }) => kind === 'main' && ended === null && sameAddress(address, left.address));
}

interface Moved {
  child: ShownChild;
  receipt: string;
}

/** One child, with a button. */
function Along({ child, to, onMoved }: { child: ShownChild; to: Registration; onMoved: (done: Acted) => void }) {
  const form = useForm({});
  const doing = useDoing(form, { words: { 'invalid:since': 'registration.move.since.wrong' } });
  const body = { registration: to.id };
  const move = () => doing(to.id, (key) => post('/api/v1/children/{child}/move-along', body, acted, { params: { child: child.id }, key }), onMoved);
  return (
    <OfChild child={{ id: child.id, name: child.given_names }}>
      <FaultSummary form={form} />
      <p class="actions"><Button second busy={form.busy} onClick={move}>{t('household.moved', { name: child.given_names })}</Button></p>
    </OfChild>
  );
}

/** After a move of one's own: who moved along. Children in one press each; adults say so themselves. */
export function MovedTogether({ left, to }: { left: Registration; to: Registration }) {
  const loaded = useLoaded(askForChildren, to.id);
  const [moved, add] = useState<readonly Moved[]>([]);
  const there = to.ended ? [] : (loaded.value?.children ?? []).filter((child) => livedThere(child, left) && !moved.some((one) => one.child.id === child.id));
  return (
    <section class="on-screen" aria-labelledby="along">
      <h2 id="along">{t('household.along')}</h2>
      {loaded.failure && <FailureText failure={loaded.failure} again={loaded.again} />}
      <div role="status">
        {moved.map(({ child, receipt }) => (
          <Note key={child.id} good>
            <p>{rich('household.moved.done', { name: child.given_names, link: (words) => <Link to={pathOf({ id: child.id, name: child.given_names }, `receipts/${receipt}`)}>{words}</Link> })}</p>
          </Note>
        ))}
      </div>
      {there.map((child) => (
        <Along key={child.id} child={child} to={to} onMoved={({ receipt }) => add((before) => [...before, { child, receipt: nameOfReceipt(receipt) }])} />
      ))}
      {there.length > 0 && <p class="hint">{t('household.along.what')}</p>}
      <p>{rich('household.along.adults', { link: (words) => <Link to="invitations">{words}</Link> })}</p>
    </section>
  );
}
