import { getOf, postOf } from '../../api/client';
import { acted, registrations, type Registration } from '../../api/wire';
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
import { say, useChild } from '../../ui/whom';
import { ActPage, stayFields, useAct, useRegistration } from './act';

type Wish = { former_main?: 'secondary' | 'ended'; on?: string };

/** Lives here for the most part now; what becomes of the main residence so far is said in the same act. */
export default function MakeMainPage({ params }: PageProps) {
  const child = useChild();
  const id = params.id ?? '';
  const today = dayAt(new Date());
  const form = useForm({ former_main: '', ...dayValues('on', today) }, `make-main.${id}`);
  const act = useAct(form, { fields: stayFields });
  const mine = useLoaded(() => getOf(child?.id ?? null, '/api/v1/registrations', registrations)).value;
  const present = mine?.registrations.find(({ kind, ended }) => kind === 'main' && ended === null);
  const send = (body: Wish) => act(body, (of, key) => postOf(of, '/api/v1/registrations/{id}/make-main', body, acted, { params: { id }, key }));
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
      id={id} title={say(child, 'registration.make-main.title')} form={form} loaded={useRegistration(id)} button={say(child, 'registration.make-main.button')}
      onSubmit={makeMain} intro={say(child, 'registration.make-main.intro')}
    >
      {() => present && (
        <>
          <h2>{say(child, 'registration.former')}</h2>
          <div class="note quote"><AddressText address={present.address} /></div>
          <Radios
            form={form} name="former_main" label={say(child, 'registration.former.legend')}
            options={[
              { value: 'secondary', label: say(child, 'registration.former.secondary'), hint: say(child, 'registration.former.secondary.what') },
              { value: 'ended', label: say(child, 'registration.former.ended'), hint: say(child, 'registration.former.ended.what') },
            ]}
          />
          {form.value('former_main') === 'ended' && <DateField form={form} name="on" label={say(child, 'registration.end.on')} hint={t('register.since.hint')} />}
        </>
      )}
    </ActPage>
  );
}
