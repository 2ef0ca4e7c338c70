import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { goTo } from '../../app/places';
import { registerDraft } from '../../drafts/drafts';
import { t } from '../../text/text';
import { FaultSummary } from '../../ui/fields';
import type { Form } from '../../ui/form';
import { useForm } from '../../ui/form';
import { Page } from '../../ui/page';
import { Button, Link } from '../../ui/pieces';
import { FormFrame } from '../../ui/fields';
import { pathOf, useChild } from '../../ui/whom';
import { elsewhere, startValues, steps, takeCarried } from './draft';

type Step = (typeof steps)[number];

/** The form of a step, with what the register found wrong in it; null if somebody does not belong here yet. */
export function useStep(step: Step): Form | null {
  const child = useChild();
  const form = useForm(startValues(), registerDraft(child?.id ?? null));
  const [to] = useState(() => elsewhere(step, child?.id ?? null));
  useEffect(() => {
    if (to !== null) return goTo(pathOf(child, to), 'replace');
    const faults = takeCarried();
    if (faults.length > 0) form.fail(faults);
  }, []);
  return to === null ? form : null;
}

interface Props {
  step: Step;
  title: string;
  form: Form;
  button: string;
  onSubmit: () => void;
  children: ComponentChildren;
}

/** One step of registering an address: a question, and the way on and back. */
export function StepPage({ step, title, form, button, onSubmit, children }: Props) {
  const at = steps.indexOf(step);
  const child = useChild();
  const before = steps[at - 1];
  const back = before ? pathOf(child, before) : child ? pathOf(child, '') : 'home';
  return (
    <>
      <p class="back"><Link to={back}>{t('register.back')}</Link></p>
      <FaultSummary form={form} />
      <Page title={title} faulty={form.faults.length > 0} caption={t('register.step', { step: at + 1, steps: steps.length })}>
        <FormFrame form={form} onSubmit={onSubmit}>
          {children}
          <p class="actions"><Button type="submit" busy={form.busy}>{button}</Button></p>
        </FormFrame>
        <p class="hint">{t('register.kept')}</p>
      </Page>
    </>
  );
}
