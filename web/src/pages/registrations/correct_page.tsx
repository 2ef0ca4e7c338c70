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
import type { Loaded } from '../../ui/loading';
import { Link } from '../../ui/pieces';
import { addressValues, emptyAddress, readAddress } from '../register/address_format';
import { readStay } from '../register/dates';
import { pathOf, say, sayRich, useChild } from '../../ui/whom';
import { ActPage, stayFields, useAct, useRegistration } from './act';

function Correct({ id, registration, loaded }: { id: string; registration: Registration | null; loaded: Loaded<Registration> }) {
  const child = useChild();
  const there = registration
    ? { ...addressValues(registration.address), ...dayValues('since', registration.since), ...dayValues('until', registration.until) }
    : emptyAddress;
  const form = useForm(there, registration ? `correct.${id}` : undefined);
  const act = useAct(form, { fields: stayFields, words: { 'invalid:address': 'registration.correct.same' } });
  const correct = ({ kind }: Registration) => {
    const [address, stay] = [readAddress(form.values), readStay(form.values, kind, dayAt(new Date()))];
    const faults = [...(Array.isArray(address) ? address : []), ...(Array.isArray(stay) ? stay : [])];
    if (Array.isArray(address) || Array.isArray(stay)) return form.fail(faults);
    const body = kind === 'main' ? { address, since: stay.since } : { address, ...stay };
    act(body, (of, key) => postOf(of, '/api/v1/registrations/{id}/correct', body, acted, { params: { id }, key }));
  };
  return (
    <ActPage
      id={id} title={say(child, 'registration.correct.title')} form={form} loaded={loaded} button={say(child, 'registration.correct.button')} onSubmit={correct}
      intro={sayRich(child, 'registration.correct.intro', { link: (words) => <Link to={pathOf(child, `registrations/${id}/move`)}>{words}</Link> })}
    >
      {({ kind }) => (
        <>
          <AddressFields form={form} />
          <DateField form={form} name="since" label={say(child, 'register.since')} hint={t('register.since.hint')} />
          {kind !== 'main' && <DateField form={form} name="until" label={t('register.until')} hint={t('register.until.hint')} />}
        </>
      )}
    </ActPage>
  );
}

/** The same place, better written. */
export default function CorrectPage({ params }: PageProps) {
  const id = params.id ?? '';
  const loaded = useRegistration(id);
  // The form begins with what is registered, so it is made once that is there.
  return <Correct key={loaded.value ? 'there' : 'waiting'} id={id} registration={loaded.value} loaded={loaded} />;
}
