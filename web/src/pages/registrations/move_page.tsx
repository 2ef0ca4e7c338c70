import { postOf } from '../../api/client';
import type { Registration } from '../../api/wire';
import { acted } from '../../api/wire';
import type { PageProps } from '../../app/routes';
import { dayAt } from '../../base/days';
import { t } from '../../text/text';
import { AddressFields } from '../../ui/address_fields';
import { DateField } from '../../ui/date_field';
import { dayValues } from '../../ui/day_values';
import { useForm } from '../../ui/form';
import { emptyAddress, readAddress } from '../register/address_format';
import { readStay } from '../register/dates';
import { say, useChild } from '../../ui/whom';
import { MoveToMe } from '../household/move_to_me';
import { ActPage, stayFields, useAct, useRegistration } from './act';

/** To another address: one registration ends, and another begins, in one act. */
export default function MovePage({ params }: PageProps) {
  const child = useChild();
  const id = params.id ?? '';
  const today = dayAt(new Date());
  const form = useForm({ ...emptyAddress, ...dayValues('since', today), ...dayValues('until', null) }, `move.${id}`);
  const act = useAct(form, { fields: stayFields, words: { 'invalid:address': 'registration.move.same', 'invalid:since': 'registration.move.since.wrong' } });
  const move = ({ kind }: Registration) => {
    const [address, stay] = [readAddress(form.values), readStay(form.values, kind, today)];
    const faults = [...(Array.isArray(address) ? address : []), ...(Array.isArray(stay) ? stay : [])];
    if (Array.isArray(address) || Array.isArray(stay)) return form.fail(faults);
    const body = { address, ...stay };
    act(body, (of, key) => postOf(of, '/api/v1/registrations/{id}/move', body, acted, { params: { id }, key }));
  };
  return (
    <ActPage
      id={id} title={say(child, 'registration.move.title')} form={form} loaded={useRegistration(id)} button={say(child, 'registration.move.button')}
      onSubmit={move} intro={say(child, 'registration.move.intro')}
    >
      {(from) => (
        <>
          {child && from.kind === 'main' && <MoveToMe child={child} from={from} form={form} />}
          <h2>{say(child, 'registration.move.new')}</h2>
          <AddressFields form={form} />
          <DateField form={form} name="since" label={say(child, 'registration.move.day')} hint={t('register.since.hint')} />
          {from.kind !== 'main' && <DateField form={form} name="until" label={t('register.until')} hint={t('register.until.hint')} />}
        </>
      )}
    </ActPage>
  );
}
