import { goTo } from '../../app/places';
import { dayAt } from '../../base/days';
import { t } from '../../text/text';
import { DateField } from '../../ui/date_field';
import { pathOf, say, useChild } from '../../ui/whom';
import { readStay } from './dates';
import { kindIn } from './draft';
import { StepPage, useStep } from './step';

/** Since when, and until when if somebody knows. */
export default function DatesPage() {
  const child = useChild();
  const form = useStep('register/dates');
  const kind = form ? kindIn(form.values) : null;
  if (!form || !kind) return null;
  const next = () => {
    const stay = readStay(form.values, kind, dayAt(new Date()));
    if (Array.isArray(stay)) form.fail(stay);
    else goTo(pathOf(child, 'register/check'));
  };
  return (
    <StepPage step="register/dates" title={say(child, 'register.dates')} form={form} button={t('register.next')} onSubmit={next}>
      <DateField form={form} name="since" label={say(child, 'register.since')} hint={t('register.since.hint')} />
      {kind !== 'main' && <DateField form={form} name="until" label={t('register.until')} hint={t('register.until.hint')} />}
    </StepPage>
  );
}
