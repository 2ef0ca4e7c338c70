import { get, post } from '../../api/client';
import { acted, me, type Registration } from '../../api/wire';
import type { PageProps } from '../../app/routes';
import { dayAt } from '../../base/days';
import { t } from '../../text/text';
import { DateField } from '../../ui/date_field';
import { dayValues, readDay } from '../../ui/day_values';
import { Radios } from '../../ui/fields';
import { useForm } from '../../ui/form';
import { useLoaded } from '../../ui/loading';
import { AddressText } from '../../ui/pieces';
import { faultOfPastDay } from '../register/dates';
import { ActPage, stayFields, useAct, useRegistration } from './act';

type Wish = { former_main?: 'secondary' | 'ended'; on?: string };

/** Lives here for the most part now; what becomes of the main residence so far is said in the same act. */
export default function MakeMainPage({ params }: PageProps) {
  const id = params.id ?? '';
  const today = dayAt(new Date());
  const form = useForm({ former_main: '', ...dayValues('on', today) }, `make-main.${id}`);
  const act = useAct(form, { fields: stayFields });
  const mine = useLoaded(() => get('/api/v1/me', me)).value;
  const present = mine?.registrations.find(({ kind, ended }) => kind === 'main' && ended === null);
  const send = (body: Wish) => act(body, (key) => post('/api/v1/registrations/{id}/make-main', body, acted, { params: { id }, key }));
  const makeMain = (_: Registration) => {
    if (!present) return send({});
    const wish = form.value('former_main');
    if (wish === 'secondary') return send({ former_main: 'secondary' });
    if (wish !== 'ended') return form.fail([{ field: 'former_main', id: 'registration.former.missing' }]);
    const on = readDay(form.values, 'on', 'date.none-such') ?? today;
    if (typeof on !== 'string') return form.fail([on]);
    const fault = on < present.since ? ({ field: 'on', id: 'registration.end.before' } as const) : faultOfPastDay(on, 'on', today);
    if (fault) return form.fail([fault]);
    send({ former_main: 'ended', on });
  };
  return (
    <ActPage
      id={id} title={t('registration.make-main.title')} form={form} loaded={useRegistration(id)} button={t('registration.make-main.button')}
      onSubmit={makeMain} intro={t('registration.make-main.intro')}
    >
      {() => present && (
        <>
          <h2>{t('registration.former')}</h2>
          <div class="note quote"><AddressText address={present.address} /></div>
          <Radios
            form={form} name="former_main" label={t('registration.former.legend')}
            options={[
              { value: 'secondary', label: t('registration.former.secondary'), hint: t('registration.former.secondary.what') },
              { value: 'ended', label: t('registration.former.ended'), hint: t('registration.former.ended.what') },
            ]}
          />
          {form.value('former_main') === 'ended' && <DateField form={form} name="on" label={t('registration.end.on')} hint={t('register.since.hint')} />}
        </>
      )}
    </ActPage>
  );
}
