import { post } from '../../api/client';
import { goTo } from '../../app/places';
import { momentInWords } from '../../text/dates';
import { t } from '../../text/text';
import { useDoing } from '../../ui/doing';
import { FormFrame, TextField } from '../../ui/fields';
import { type Form, type Placing, useForm } from '../../ui/form';
import { Button, Note, SummaryList } from '../../ui/pieces';
import { OfficialsPage } from './frame';
import { readIdentification } from './identification';
import { useShownOnce } from './shown_once';
import { newCode, type NewCode } from './wire';

const placing: Placing = {
  fields: { card: 'card', card_again: 'card_again', reference: 'reference' },
  words: { 'invalid:card': 'sign-in.card.wrong', 'invalid:card_again': 'official.card.differs', 'invalid:reference': 'official.reference.unseen' },
};

function IdentificationForm({ form, onMade }: { form: Form; onMade: (made: NewCode) => void }) {
  const doing = useDoing(form, placing);
  const make = () => {
    const wanted = readIdentification(form.values);
    if (Array.isArray(wanted)) return form.fail(wanted);
    doing(wanted, (key) => post('/api/v1/staff/identifications', wanted, newCode, { key }), (made) => {
      for (const name of Object.keys(form.values)) form.set(name, '');
      onMade(made);
    });
  };
  return (
    <FormFrame form={form} onSubmit={make}>
      <TextField form={form} name="card" label={t('official.card')} hint={t('official.card.hint')} width="medium" capitals />
      <TextField form={form} name="card_again" label={t('official.card.again')} hint={t('official.card.again.hint')} width="medium" capitals />
      <TextField form={form} name="reference" label={t('official.reference')} hint={t('official.reference.hint')} width="medium" />
      <p class="actions"><Button type="submit" busy={form.busy}>{t('official.identify.button')}</Button></p>
    </FormFrame>
  );
}

/** The sheet that goes over the counter. */
function CodeSheet({ made }: { made: NewCode }) {
  return (
    <>
      <article class="receipt" aria-label={t('official.new-code.sheet')}>
        <header>
          <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="" width="40" height="40" />
          <h2>{t('official.new-code.sheet')}</h2>
        </header>
        <p class="big-code">{made.activation_code}</p>
        <SummaryList
          rows={[
            { key: 'from', name: t('official.new-code.from'), value: momentInWords(made.good_from) },
            { key: 'how', name: t('official.new-code.how'), value: t('official.new-code.how.is') },
            { key: 'often', name: t('official.new-code.often'), value: t('official.new-code.often.is') },
          ]}
        />
      </article>
      <section aria-labelledby="tell">
        <h2 id="tell">{t('official.new-code.tell')}</h2>
        <ul>
          <li>{t('official.new-code.tell.day')}</li>
          <li>{t('official.new-code.tell.notice')}</li>
          <li>{t('official.new-code.tell.secret')}</li>
        </ul>
      </section>
      <p>{t('official.new-code.once')}</p>
    </>
  );
}

/** Somebody lost their way in, and came in person. */
export default function IdentifyPage() {
  const form = useForm({ card: '', card_again: '', reference: '' });
  const once = useShownOnce<NewCode>();
  const { value: made } = once;
  if (made)
    return (
      <OfficialsPage key="made" title={t('official.new-code')} at="staff/identify">
        {() => (
          <>
            <CodeSheet made={made} />
            <p class="actions">
              <Button onClick={() => print()}>{t('official.new-code.print')}</Button>
              <Button second onClick={() => goTo('staff', 'replace')}>{t('official.new-code.done')}</Button>
            </p>
          </>
        )}
      </OfficialsPage>
    );
  return (
    <OfficialsPage key="form" title={t('official.identify.title')} at="staff/identify" form={form}>
      {() => (
        <>
          {once.left && <Note><p>{t('official.new-code.left')}</p></Note>}
          <p class="lead">{t('official.identify.lead')}</p>
          <div class="note"><p><b>{t('official.seen')}</b> {t('official.identify.seen')}</p></div>
          <IdentificationForm form={form} onMade={once.show} />
        </>
      )}
    </OfficialsPage>
  );
}
