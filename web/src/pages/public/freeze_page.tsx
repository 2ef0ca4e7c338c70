import { useState } from 'preact/hooks';
import { post } from '../../api/client';
import { momentInWords } from '../../text/dates';
import { rich, t } from '../../text/text';
import { FaultSummary, FormFrame, TextField } from '../../ui/fields';
import { type Fault, faultOf, type Placing, useForm } from '../../ui/form';
import { Page } from '../../ui/page';
import { Button, ButtonLink, Details, Link } from '../../ui/pieces';
import { useRequestKey } from '../../ui/request_key';
import { checkCard, checkCode } from '../sign-in/credentials';
import { frozen } from './answers';

const placing: Placing = {
  fields: { card: 'card', code: 'code' },
  words: { unauthenticated: 'freeze.wrong', 'invalid:card': 'sign-in.card.wrong', 'invalid:code': 'sign-in.code.wrong' },
};

function checkFreezeCode(typed: string): Fault | null {
  const fault = checkCode(typed);
  return fault && 'id' in fault && fault.id === 'sign-in.code.missing' ? { field: 'code', id: 'freeze.code.missing' } : fault;
}

function Frozen({ until }: { until: string }) {
  return (
    <Page title={t('freeze.done')} caption={<span class="done" aria-hidden="true" />}>
      <p class="lead">{t('freeze.done.until', { until: momentInWords(until) })}</p>
      <h2>{t('freeze.next')}</h2>
      <ol class="steps">
        <li>{t('freeze.next.look')}</li>
        <li>{t('freeze.next.history')}</li>
        <li>{t('freeze.next.office')}</li>
      </ol>
      <p class="actions"><ButtonLink to="">{t('freeze.next.sign-in')}</ButtonLink></p>
    </Page>
  );
}

/** For somebody whose account is under attack: no sign-in is asked for. */
export default function FreezePage() {
  const form = useForm({ card: '', code: '' });
  const key = useRequestKey();
  const [until, show] = useState<string | null>(null);
  if (until !== null) return <Frozen key="frozen" until={until} />;
  const submit = () => {
    const body = { card: form.value('card'), code: form.value('code') };
    const faults = [checkCard(body.card), checkFreezeCode(body.code)].filter((fault): fault is Fault => fault !== null);
    if (faults.length > 0) return form.fail(faults);
    form.submit(async () => {
      const answer = await post('/api/v1/freeze', body, frozen, { key: key.of(body), gated: false });
      if (answer.ok) return show(answer.value.frozen_until);
      if (answer.failure.kind === 'refused') key.done();
      form.fail([faultOf(answer.failure, placing)]);
    });
  };
  return (
    <>
      <FaultSummary form={form} />
      <Page title={t('freeze.title')} faulty={form.faults.length > 0}>
        <p class="lead">{t('freeze.lead')}</p>
        <div class="card">
          <FormFrame form={form} onSubmit={submit}>
            <TextField form={form} name="card" label={t('sign-in.card')} hint={t('sign-in.card.hint')} width="medium" capitals />
            <TextField form={form} name="code" label={t('freeze.code')} hint={t('freeze.code.hint')} width="medium" capitals />
            <p class="actions"><Button type="submit" busy={form.busy}>{t('freeze.button')}</Button></p>
          </FormFrame>
        </div>
        <ul class="never">
          <li>{t('freeze.what.drops')}</li>
          <li>{t('freeze.what.stays')}</li>
          <li>{t('freeze.what.once')}</li>
        </ul>
        <Details summary={t('freeze.no-code')}><p>{rich('freeze.no-code.what', { link: (words) => <Link to="home">{words}</Link> })}</p></Details>
      </Page>
    </>
  );
}
