import { t } from '../../text/text';
import { Page } from '../../ui/page';
import { Ways } from '../../ui/ways';
import { Back, OnDevice } from './on_device';

/** What somebody wants to pay. */
export default function PaymentPage() {
  return (
    <>
      <Back to="helpers">{t('helpers.back')}</Back>
      <Page title={t('payment.title')}>
        <p class="lead">{t('payment.lead')}</p>
        <OnDevice>{t('payment.promise')}</OnDevice>
        <section class="card" aria-labelledby="kinds">
          <h2 id="kinds">{t('payment.kinds')}</h2>
          <Ways
            ways={[
              { to: 'payment/account', name: t('payment.account'), what: t('payment.account.what') },
              { to: 'payment/transfer', name: t('payment.transfer'), what: t('payment.transfer.what') },
              { to: 'payment/permit', name: t('payment.permit'), what: t('payment.permit.what') },
            ]}
          />
        </section>
      </Page>
    </>
  );
}
