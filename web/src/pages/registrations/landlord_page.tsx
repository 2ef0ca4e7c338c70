import { post } from '../../api/client';
import { receiptAnswer } from '../../api/wire';
import { goTo } from '../../app/places';
import type { PageProps } from '../../app/routes';
import { t } from '../../text/text';
import { useDoing } from '../../ui/doing';
import { useForm } from '../../ui/form';
import { ActPage, useRegistration } from './act';

/** The landlord does not confirm: noted in one's own history, with a dated receipt. */
export default function LandlordPage({ params }: PageProps) {
  const id = params.id ?? '';
  const form = useForm({});
  const doing = useDoing(form);
  const note = () => doing(
    id,
    (key) => post('/api/v1/registrations/{id}/landlord-refusal', null, receiptAnswer, { params: { id }, key }),
    ({ receipt }) => goTo(`receipts/${receipt.entry}`, 'replace'),
  );
  return (
    <ActPage
      id={id} title={t('landlord.title')} form={form} loaded={useRegistration(id)} button={t('landlord.button')}
      onSubmit={note} intro={t('landlord.what')}
    />
  );
}
