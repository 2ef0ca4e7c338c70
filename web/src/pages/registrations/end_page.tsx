import { postOf } from '../../api/client';
import type { Registration } from '../../api/wire';
import { acted } from '../../api/wire';
import type { PageProps } from '../../app/routes';
import { dayAt } from '../../base/days';
import { DateField } from '../../ui/date_field';
import { dayValues, readDay } from '../../ui/day_values';
import { useForm } from '../../ui/form';
import { faultOfPastDay } from '../register/dates';
import { say, useChild } from '../../ui/whom';
import { ActPage, stayFields, useAct, useRegistration } from './act';

/** Does not live there any more, and registers no other address in its place. */
export default function EndPage({ params }: PageProps) {
  const child = useChild();
  const id = params.id ?? '';
  const today = dayAt(new Date());
  const form = useForm(dayValues('on', today), `end.${id}`);
  const act = useAct(form, { fields: stayFields });
  const end = ({ since }: Registration) => {
    const on = readDay(form.values, 'on', 'date.none-such') ?? today;
    if (typeof on !== 'string') return form.fail([on]);
    const fault = on < since ? ({ field: 'on', id: 'registration.end.before' } as const) : faultOfPastDay(on, 'on', today);
    if (fault) return form.fail([fault]);
    act({ on }, (of, key) => postOf(of, '/api/v1/registrations/{id}/end', { on }, acted, { params: { id }, key }));
  };
  return (
    <ActPage
      id={id} title={say(child, 'registration.end.title')} form={form} loaded={useRegistration(id)} button={say(child, 'registration.end.button')}
      onSubmit={end} intro={say(child, 'registration.end.intro')}
    >
      {() => <DateField form={form} name="on" label={say(child, 'registration.end.on')} hint={say(child, 'registration.end.hint')} />}
    </ActPage>
  );
}
