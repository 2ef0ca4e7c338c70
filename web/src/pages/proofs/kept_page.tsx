import { useState } from 'preact/hooks';
import { goTo } from '../../app/places';
import type { PageProps } from '../../app/routes';
import { present } from '../../credential';
import { inPerson, readQuestion } from '../../showing/question';
import { t } from '../../text/text';
import { Checkboxes, FaultSummary, FormFrame, TextField } from '../../ui/fields';
import { type Form, useForm } from '../../ui/form';
import { Page } from '../../ui/page';
import { Button, Details, Link, MomentText, Note, SummaryList } from '../../ui/pieces';
import { choicesOf, claimsOf, dropKept, isChoice, type Kept, saidIn, useKept } from './kept';
import { momentOf } from './moments';
import { ShownProof } from './shown_proof';
import { choiceInWords, saidInWords } from './words';

interface Shown {
  text: string;
  /** Seconds since 1970: when the holder's signature is too old. */
  until: number;
}

/** As verifiers take it: src/credential/verification.hpp. */
const answer_life_s = 600;

function faultsOf(form: Form): { field: string; id: 'proof.show.number.missing' | 'proof.show.fields.missing' }[] {
  return [
    ...(form.value('fields') === '' ? [{ field: 'fields', id: 'proof.show.fields.missing' } as const] : []),
    ...(readQuestion(form.value('number')) === null ? [{ field: 'number', id: 'proof.show.number.missing' } as const] : []),
  ];
}

function Ask({ kept: { proof, read }, onShow }: { kept: Kept; onShow: (shown: Shown) => void }) {
  const form = useForm({ fields: '', number: '' });
  const show = () => {
    const nonce = readQuestion(form.value('number'));
    const faults = faultsOf(form);
    if (faults.length > 0 || nonce === null) return form.fail(faults);
    form.submit(async () => {
      const now = Math.floor(Date.now() / 1000);
      const claims = claimsOf(read, form.value('fields').split(' ').filter(isChoice));
      const shown = await present(proof, claims, { audience: inPerson, nonce }, now);
      if (!shown.ok) return form.fail([{ field: null, id: 'proof.show.failed' }]);
      form.fail([]);
      onShow({ text: shown.value, until: now + answer_life_s });
    });
  };
  return (
    <>
      <FaultSummary form={form} />
      <FormFrame form={form} onSubmit={show}>
        <Checkboxes
          form={form} name="fields" label={t('proof.show.fields')} hint={t('proof.show.fields.hint')}
          options={choicesOf(read).map((value) => ({ value, label: choiceInWords(value), hint: saidInWords(value, saidIn(read, value)) }))}
        />
        <TextField form={form} name="number" label={t('proof.show.number')} hint={t('proof.show.number.hint')} width="medium" inputMode="numeric" />
        <p class="actions"><Button type="submit" busy={form.busy}>{t('proof.show.button')}</Button></p>
      </FormFrame>
    </>
  );
}

function Delete({ id }: { id: string }) {
  const remove = () => void dropKept(id).then(() => goTo('proofs', 'replace'));
  return (
    <Details summary={t('proof.delete')}>
      <p>{t('proof.delete.what')}</p>
      <p class="actions"><Button second onClick={remove}>{t('proof.delete.button')}</Button></p>
    </Details>
  );
}

function About({ said, over }: { said: Kept['read']['said']; over: boolean }) {
  return (
    <SummaryList
      rows={[
        { key: 'issuer', name: t('proof.issuer'), value: said.issuer },
        { key: 'expires', name: t(over ? 'proof.ended' : 'proof.expires'), value: <MomentText moment={momentOf(said.expiresAt)} /> },
      ]}
    />
  );
}

function Content({ kept }: { kept: Kept }) {
  const [shown, show] = useState<Shown | null>(null);
  const { said } = kept.read;
  const over = said.expiresAt * 1000 <= Date.now();
  return (
    <>
      {!shown && <About said={said} over={over} />}
      {over && <Note><p>{t('proof.kept.over')}</p></Note>}
      {shown && <ShownProof text={shown.text} until={shown.until} onDone={() => show(null)} />}
      {!over && !shown && <Ask kept={kept} onShow={show} />}
      {!shown && <Delete id={kept.proof.id} />}
    </>
  );
}

/** One proof that this browser keeps: to be shown, in parts, also without a connection. */
export default function KeptPage({ params }: PageProps) {
  const { kept } = useKept();
  const one = kept?.find(({ proof }) => proof.id === params.id);
  return (
    <>
      <p class="back"><Link to="proofs">{t('proof.back')}</Link></p>
      <Page title={t('proof.show.title')}>
        {one && <Content kept={one} />}
        {kept && !one && <p>{t('proof.kept.gone')}</p>}
      </Page>
    </>
  );
}
