import { getOf, postOf } from '../../api/client';
import { acted, eitherReceiptAnswer, type Letter, letterAsked, letterStanding, type Registration } from '../../api/wire';
import type { PageProps } from '../../app/routes';
import { showReceipt } from '../../app/receipts';
import { dayInWords, momentInWords } from '../../text/dates';
import { t } from '../../text/text';
import { useDoing } from '../../ui/doing';
import { FaultSummary, FormFrame, Radios, TextField } from '../../ui/fields';
import { type Form, useForm } from '../../ui/form';
import { LoadedPage, useLoaded } from '../../ui/loading';
import { AddressText, Button, Link, Note } from '../../ui/pieces';
import { pathOf, say, useChild } from '../../ui/whom';
import { useRegistration } from './act';

interface Props {
  id: string;
  form: Form;
  letter: Letter | null;
  onDone: () => void;
}

/** What became of an earlier letter, where a new one can be asked for. */
function WhatBecame({ letter }: { letter: Letter | null }) {
  if (letter?.state !== 'spent' && letter?.state !== 'over' && letter?.state !== 'elsewhere') return null;
  return <Note><p>{t(`letter.${letter.state}`)}</p></Note>;
}

function Ask({ id, form, letter, onDone }: Props) {
  const child = useChild();
  const doing = useDoing(form, { fields: { delivery: 'delivery' } });
  const ask = () => {
    const delivery = form.value('delivery') === 'counter' ? 'counter' : 'post';
    doing(delivery, (key) => postOf(child?.id ?? null, '/api/v1/registrations/{id}/letter', { delivery }, letterAsked, { params: { id }, key }), onDone);
  };
  return (
    <>
      <WhatBecame letter={letter} />
      <p>{t('letter.ask.what')}</p>
      <FormFrame form={form} onSubmit={ask}>
        <Radios
          form={form} name="delivery" label={t('letter.delivery')}
          options={[
            { value: 'post', label: t('letter.delivery.post') },
            { value: 'counter', label: t('letter.delivery.counter'), hint: t('letter.delivery.counter.what') },
          ]}
        />
        <p class="actions"><Button type="submit" busy={form.busy}>{t('letter.ask')}</Button></p>
      </FormFrame>
    </>
  );
}

const all_tries = 5;

function TypeCode({ id, form, letter, onDone }: Props & { letter: Letter }) {
  const child = useChild();
  const doing = useDoing(form, { fields: { code: 'code' }, words: { 'invalid:code': 'letter.code.wrong' } });
  const confirm = () => {
    const code = form.value('code');
    if (!/^[\s-]*(?:[0-9A-Za-z][\s-]*){8}$/.test(code)) return form.fail([{ field: 'code', id: 'letter.code.missing' }]);
    doing(code, (key) => postOf(child?.id ?? null, '/api/v1/registrations/{id}/confirm-by-code', { code }, acted, { params: { id }, key }), (done) => showReceipt(done, child));
  };
  return (
    <>
      <p>{t(letter.delivery === 'counter' ? 'letter.printed.counter' : 'letter.printed.post', { day: dayInWords(letter.good_through ?? '') })}</p>
      {letter.tries_left < all_tries && <p>{t('letter.tries', { wrong: all_tries - letter.tries_left })}</p>}
      <FormFrame form={form} onSubmit={confirm}>
        <TextField form={form} name="code" label={t('letter.code')} hint={t('letter.code.hint')} width="medium" autocomplete="one-time-code" capitals />
        <p class="actions"><Button type="submit" busy={form.busy}>{t('letter.confirm')}</Button></p>
      </FormFrame>
      <TakeBack id={id} form={form} onDone={onDone} />
    </>
  );
}

function TakeBack({ id, form, onDone }: Omit<Props, 'letter'>) {
  const child = useChild();
  const doing = useDoing(form);
  const takeBack = () => doing('withdraw', (key) => postOf(child?.id ?? null, '/api/v1/registrations/{id}/letter/withdraw', null, eitherReceiptAnswer, { params: { id }, key }), onDone);
  return <p><Button quiet busy={form.busy} onClick={takeBack}>{t('letter.take-back')}</Button></p>;
}

function Steps({ registration, ...props }: Props & { registration: Registration }) {
  const { letter } = props;
  if (registration.assurance !== 'declared') return <Note good><p>{t('letter.confirmed')}</p></Note>;
  if (letter?.state === 'printed') return <TypeCode {...props} letter={letter} />;
  if (letter?.state !== 'asked') return <Ask {...props} />;
  return (
    <>
      <Note><p>{t('letter.asked', { at: momentInWords(letter.asked_at) })}</p></Note>
      <TakeBack {...props} />
    </>
  );
}

/** Confirming an address by a code that is sent there. */
export default function LetterPage({ params }: PageProps) {
  const child = useChild();
  const id = params.id ?? '';
  const registration = useRegistration(id).value;
  const loaded = useLoaded(() => getOf(child?.id ?? null, '/api/v1/registrations/{id}/letter', letterStanding, { params: { id } }), id);
  const form = useForm({ delivery: 'post', code: '' });
  return (
    <>
      <p class="back"><Link to={pathOf(child, `registrations/${id}`)}>{t('register.back')}</Link></p>
      <FaultSummary form={form} />
      <LoadedPage title={say(child, 'letter.title')} loaded={loaded} faulty={form.faults.length > 0}>
        {({ letter }) => registration && (
          <>
            <div class="note quote"><AddressText address={registration.address} /></div>
            <Steps registration={registration} id={id} form={form} letter={letter} onDone={loaded.again} />
          </>
        )}
      </LoadedPage>
    </>
  );
}
