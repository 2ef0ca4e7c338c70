import { post } from '../../api/client';
import { acted } from '../../api/wire';
import type { PageProps } from '../../app/routes';
import { dayAt } from '../../base/days';
import { t } from '../../text/text';
import { DateField } from '../../ui/date_field';
import { readDay } from '../../ui/day_values';
import { useForm } from '../../ui/form';
import { faultOfStatedEnd } from '../register/dates';
import { ActPage, stayFields, useAct, useRegistration } from './act';

/** Still there, and said anew until when. */
export default function RenewPage({ params }: PageProps) {
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
    act(body, (key) => post('/api/v1/registrations/{id}/renew', body, acted, { params: { id }, key }));
  };
  return (
    <ActPage
      id={id} title={t('registration.renew.title')} form={form} loaded={useRegistration(id)} button={t('registration.renew.button')}
      onSubmit={renew} intro={t('registration.renew.intro')}
    >
      {() => <DateField form={form} name="until" label={t('registration.renew.until')} hint={t('registration.renew.hint')} />}
    </ActPage>
  );
}
