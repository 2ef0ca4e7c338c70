import { useState } from 'preact/hooks';
import { goTo } from '../../app/places';
import { baseRoubles, maxPermitMonths, moscowFactors, type PermitPayment, permitPayment } from '../../slips/permit_payment';
import { t } from '../../text/text';
import { FaultSummary, FormFrame, Radios, TextField } from '../../ui/fields';
import { type Fault, useForm } from '../../ui/form';
import { Page } from '../../ui/page';
import { Button, SummaryList } from '../../ui/pieces';
import { workedOut } from './account_slip';
import { amountInWords } from './amounts';
import { English } from './deadline_words';
import { Back, OnDevice } from './on_device';

interface Sum {
  months: number;
  payment: PermitPayment;
}

function read(values: Readonly<Record<string, string>>): Sum | Fault[] {
  const typed = (values.months ?? '').trim();
  const [year, months] = [Number(values.year), /^\d{1,2}$/.test(typed) ? Number(typed) : 0];
  const payment = permitPayment(year, months);
  if (payment.ok) return { months, payment: payment.value };
  const noYear: Fault[] = moscowFactors.some((known) => known.year === year) ? [] : [{ field: 'year', id: 'payment.permit.year.missing' }];
  const noMonths: Fault[] = months >= 1 && months <= maxPermitMonths ? [] : [{ field: 'months', id: 'payment.permit.months.wrong', values: { max: maxPermitMonths } }];
  return [...noYear, ...noMonths];
}

/** The amount, large, and what it is made of. */
function Payment({ sum: { months, payment } }: { sum: Sum }) {
  const { factors, roublesPerMonth, kopecks } = payment;
  const year = String(factors.year);
  const madeOf = t('payment.permit.made-of', {
    base: baseRoubles, year, deflator: (factors.deflator / 1000).toFixed(3), coefficient: (factors.coefficient / 10_000).toFixed(4),
  });
  const toSlip = () => {
    workedOut.set({ kopecks, purpose: t('payment.permit.purpose') });
    goTo('payment/account');
  };
  return (
    <section class="card place" aria-labelledby="sum" aria-live="polite">
      <p class="stamp">{t('slip.model')}</p>
      <h2 id="sum">{t('payment.permit.sum')}</h2>
      <p class="great">{amountInWords('rub', kopecks)}</p>
      <p>{t('payment.permit.for', { months, year })}</p>
      <SummaryList
        rows={[
          { key: 'month', name: t('payment.permit.month'), value: amountInWords('rub', 100 * roublesPerMonth) },
          { key: 'how', name: t('payment.permit.how'), value: madeOf },
          { key: 'source', name: t('payment.permit.source'), value: <English>{factors.source}</English> },
        ]}
      />
      <p class="actions"><Button onClick={toSlip}>{t('payment.permit.slip')}</Button></p>
    </section>
  );
}

/** What a month of a work permit costs, by the model of Moscow. */
export default function PermitPage() {
  const form = useForm({ year: '', months: '1' });
  const [shown, show] = useState<{ of: unknown; sum: Sum } | null>(null);
  const count = () => {
    const sum = read(form.values);
    form.fail(Array.isArray(sum) ? sum : []);
    show(Array.isArray(sum) ? null : { of: form.values, sum });
  };
  return (
    <>
      <Back to="payment">{t('payment.back')}</Back>
      <FaultSummary form={form} />
      <Page title={t('payment.permit.title')} faulty={form.faults.length > 0}>
        <p class="note">{t('payment.permit.model')}</p>
        <OnDevice>{t('payment.promise')}</OnDevice>
        <FormFrame form={form} onSubmit={count}>
          <Radios
            form={form} name="year" label={t('payment.permit.year')}
            options={moscowFactors.map(({ year }) => ({ value: String(year), label: String(year) }))}
          />
          <TextField form={form} name="months" label={t('payment.permit.months')} width="narrow" inputMode="numeric" />
          <p class="actions"><Button type="submit">{t('payment.permit.count')}</Button></p>
        </FormFrame>
        {shown !== null && shown.of === form.values && <Payment sum={shown.sum} />}
      </Page>
    </>
  );
}
