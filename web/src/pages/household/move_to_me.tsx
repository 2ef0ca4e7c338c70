import { get, post } from '../../api/client';
import { acted, registrations, type Registration } from '../../api/wire';
import { dayInWords } from '../../text/dates';
import { t } from '../../text/text';
import type { Form } from '../../ui/form';
import { useLoaded } from '../../ui/loading';
import { AddressText, Button } from '../../ui/pieces';
import type { Child } from '../../ui/whom';
import { useAct } from '../registrations/act';
import { sameAddress } from './same_address';

/** On the page of a child's move: that they live where the guardian does, in one press. Nothing if they do already. */
export function MoveToMe({ child, from, form }: { child: Child; from: Registration; form: Form }) {
  const act = useAct(form, { words: { 'invalid:since': 'registration.move.since.wrong', 'invalid:address': 'registration.move.same' } });
  const own = useLoaded(() => get('/api/v1/registrations', registrations)).value?.registrations;
  const mine = own?.find(({ kind, ended }) => kind === 'main' && ended === null);
  if (!mine || sameAddress(mine.address, from.address)) return null;
  const body = { registration: mine.id };
  const move = () => act(body, (id, key) => post('/api/v1/children/{child}/move-along', body, acted, { params: { child: id ?? '' }, key }));
  return (
    <section class="card" aria-labelledby="to-me">
      <h2 id="to-me">{t('household.to-me', { name: child.name })}</h2>
      <AddressText address={mine.address} />
      <p>{t('household.to-me.what', { name: child.name, day: dayInWords(mine.since) })}</p>
      <p class="actions"><Button second busy={form.busy} onClick={move}>{t('household.moved', { name: child.name })}</Button></p>
    </section>
  );
}
