import { useEffect, useState } from 'preact/hooks';
import { t } from '../../text/text';
import { FaultSummary, FormFrame, TextField } from '../../ui/fields';
import { type Form, useForm } from '../../ui/form';
import { Page } from '../../ui/page';
import { Button, Details } from '../../ui/pieces';
import { payeeFields, payerFields, readAccountSlip, taxFields, workedOut } from './account_slip';
import { amountTyped } from './amounts';
import { Back, OnDevice } from './on_device';
import { type Slip, SlipView } from './slip_view';

type Field = (typeof payeeFields | typeof taxFields | typeof payerFields)[number];

function Fields({ form, fields }: { form: Form; fields: readonly Field[] }) {
  return <>{fields.map((field) => <TextField key={field} form={form} name={field} label={t(`payment.account.${field}`)} />)}</>;
}

/** Fields that few need; open where something is wrong or filled in. */
function More({ form, fields, summary }: { form: Form; fields: readonly Field[]; summary: string }) {
  const open = fields.some((field) => form.faultOf(field) !== undefined || form.value(field) !== '');
  return <Details summary={summary} open={open}><Fields form={form} fields={fields} /></Details>;
}

/** A payment to a Russian account. */
export default function AccountPage() {
  const [given] = useState(() => workedOut.get());
  const form = useForm({ amount: given ? amountTyped(given.kopecks) : '', purpose: given?.purpose ?? '' });
  const [slip, show] = useState<Slip | null>(null);
  useEffect(() => workedOut.set(null), []);
  if (slip) return <SlipView slip={slip} onChange={() => show(null)} />;
  const make = () => {
    const made = readAccountSlip(form.values, given !== null);
    form.fail(Array.isArray(made) ? made : []);
    if (!Array.isArray(made)) show(made);
  };
  return (
    <>
      <Back to="payment">{t('payment.back')}</Back>
      <FaultSummary form={form} />
      <Page title={t('payment.account.title')} faulty={form.faults.length > 0}>
        <OnDevice>{t('payment.promise')}</OnDevice>
        {given && <p class="note">{t('payment.permit.model')}</p>}
        <FormFrame form={form} onSubmit={make}>
          <h2>{t('payment.account.payee')}</h2>
          <Fields form={form} fields={payeeFields} />
          <TextField form={form} name="amount" label={t('payment.account.amount')} hint={t('payment.account.amount.hint')} width="medium" />
          <TextField form={form} name="purpose" label={t('payment.account.purpose')} />
          <More form={form} fields={taxFields} summary={t('payment.account.tax')} />
          <More form={form} fields={payerFields} summary={t('payment.account.payer')} />
          <p class="actions"><Button type="submit">{t('payment.make')}</Button></p>
        </FormFrame>
      </Page>
    </>
  );
}
