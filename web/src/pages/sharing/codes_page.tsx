import { useState } from 'preact/hooks';
import { getOf, post, postOf } from '../../api/client';
import { madeCode, openingCodes, recordFields, type ShownCode } from '../../api/wire';
import { t } from '../../text/text';
import { fieldInWords } from '../../text/operations';
import { useDoing } from '../../ui/doing';
import { Checkboxes, FaultSummary, FormFrame, Radios } from '../../ui/fields';
import { type Form, useForm } from '../../ui/form';
import { LoadedPage, useLoaded } from '../../ui/loading';
import { Button, Details, Link, MomentText, Note, SummaryList, Unseen } from '../../ui/pieces';
import { type Child, pathOf, say, useChild } from '../../ui/whom';

/** Minutes, of those that the register takes: these are what people ask for. */
const lives = ['15', '60', '1440', '10080'] as const;

/** What it goes by: as its receipt does. */
const nameOf = ({ entry, commitment }: ShownCode) => String(entry ?? commitment);

function revoke(child: Child | null, { entry, commitment }: ShownCode, key: string) {
  if (child) return post('/api/v1/children/{child}/opening-codes/{commitment}/revoke', null, madeCode, { params: { child: child.id, commitment: commitment ?? '' }, key });
  return post('/api/v1/opening-codes/{entry}/revoke', null, madeCode, { params: { entry: entry ?? '' }, key });
}

function OpenCode({ code, form, onTakenBack }: { code: ShownCode; form: Form; onTakenBack: () => void }) {
  const child = useChild();
  const doing = useDoing(form);
  const takeBack = () => doing(nameOf(code), (key) => revoke(child, code, key), onTakenBack);
  return (
    <li class="card">
      <p class="big-code">{code.code}</p>
      <p>{t('code.use')}</p>
      <SummaryList
        rows={[
          { key: 'fields', name: t('code.opens'), value: code.fields.map(fieldInWords).join(', ') },
          { key: 'until', name: t('code.until'), value: <MomentText moment={code.expires_at} /> },
        ]}
      />
      <p><Button quiet busy={form.busy} onClick={takeBack}>{t('code.take-back')}<Unseen> {code.code}</Unseen></Button></p>
    </li>
  );
}

function PastCodes({ codes }: { codes: readonly ShownCode[] }) {
  const child = useChild();
  if (codes.length === 0) return null;
  return (
    <Details summary={t('code.past')}>
      <ul class="plain">
        {codes.map((code) => (
          <li key={nameOf(code)}>
            <b>{code.fields.map(fieldInWords).join(', ')}</b>
            <p>{t(`code.state.${code.state}`)} · <Link to={pathOf(child, `receipts/${nameOf(code)}`)}>{code.entry === undefined ? t('history.receipt') : t('history.entry', { number: code.entry })}</Link></p>
          </li>
        ))}
      </ul>
    </Details>
  );
}

function MakeCode({ form, onMade }: { form: Form; onMade: () => void }) {
  const child = useChild();
  const doing = useDoing(form, { fields: { fields: 'fields', valid_minutes: 'minutes' }, words: { conflict: 'code.too-many' } });
  const make = () => {
    const fields = recordFields.filter((field) => form.value('fields').split(' ').includes(field));
    if (fields.length === 0) return form.fail([{ field: 'fields', id: 'code.fields.missing' }]);
    const body = { fields, valid_minutes: Number(form.value('minutes')) };
    doing(body, (key) => postOf(child?.id ?? null, '/api/v1/opening-codes', body, madeCode, { key }), onMade);
  };
  return (
    <section aria-labelledby="make">
      <h2 id="make">{t('code.make')}</h2>
      <FormFrame form={form} onSubmit={make}>
        <Checkboxes
          form={form} name="fields" label={t('code.fields')} hint={t('code.fields.hint')}
          options={recordFields.map((value) => ({ value, label: fieldInWords(value) }))}
        />
        <Radios form={form} name="minutes" label={t('code.life')} options={lives.map((value) => ({ value, label: t(`code.life.${value}`) }))} />
        <p class="actions"><Button type="submit" busy={form.busy}>{t('code.make.button')}</Button></p>
      </FormFrame>
    </section>
  );
}

/** Codes by which an official can open one's record, or what one filed for a child, once. */
export default function CodesPage() {
  const child = useChild();
  const loaded = useLoaded(() => getOf(child?.id ?? null, '/api/v1/opening-codes', openingCodes));
  const form = useForm({ fields: '', minutes: '1440' });
  const [said, tell] = useState<'made' | 'taken-back' | null>(null);
  const after = (what: 'made' | 'taken-back') => () => {
    tell(what);
    form.set('fields', '');
    loaded.again();
    scrollTo(0, 0);
  };
  return (
    <>
      {child && <p class="back"><Link to={pathOf(child, '')}>{t('register.back')}</Link></p>}
      <FaultSummary form={form} />
      <LoadedPage title={say(child, 'code.title')} loaded={loaded} faulty={form.faults.length > 0}>
        {({ opening_codes }) => (
          <>
            <p class="lead">{say(child, 'code.what')}</p>
            {said && <Note good><p>{t(`code.${said}`)}</p></Note>}
            <ul class="cards">
              {opening_codes.filter(({ state }) => state === 'open').map((code) => (
                <OpenCode key={nameOf(code)} code={code} form={form} onTakenBack={after('taken-back')} />
              ))}
            </ul>
            <MakeCode form={form} onMade={after('made')} />
            <PastCodes codes={opening_codes.filter(({ state }) => state !== 'open')} />
          </>
        )}
      </LoadedPage>
    </>
  );
}
