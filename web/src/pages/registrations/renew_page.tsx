import { postOf } from '../../api/client';
import { acted } from '../../api/wire';
import type { PageProps } from '../../app/routes';
import { dayAt } from '../../base/days';
import { DateField } from '../../ui/date_field';
import { readDay } from '../../ui/day_values';
import { useForm } from '../../ui/form';
import { faultOfStatedEnd } from '../register/dates';
import { say, useChild } from '../../ui/whom';
import { ActPage, stayFields, useAct, useRegistration } from './act';

/** Still there, and said anew until when. */
export default function RenewPage({ params }: PageProps) {
  const child = useChild();
  const id = params.id ?? '';
  const form = useForm({}, `renew.${id}`);
  const act = useAct(form, { fields: stayFields });
  const renew = () => {
    const until = readDay(form.values, 'until', 'date.none-such');
    if (until !== null && typeof until !== 'string') return form.fail([until]);
    const today = dayAt(new Date());
    const fault = until === null ? null : until < today ? ({ field: 'until', id: 'registration.renew.over' } as const) : faultOfStatedEnd(until, today, today);
    if (fault) return form.fail([fault]);
    const body = { until };
    act(body, (of, key) => postOf(of, '/api/v1/registrations/{id}/renew', body, acted, { params: { id }, key }));
  };
  return (
    <ActPage
      id={id} title={say(child, 'registration.renew.title')} form={form} loaded={useRegistration(id)} button={say(child, 'registration.renew.button')}
      onSubmit={renew} intro={say(child, 'registration.renew.intro')}
    >
      {() => <DateField form={form} name="until" label={say(child, 'registration.renew.until')} hint={say(child, 'registration.renew.hint')} />}
    </ActPage>
  );
}
