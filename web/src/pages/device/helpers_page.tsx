import { t } from '../../text/text';
import { Page } from '../../ui/page';
import { Ways } from '../../ui/ways';
import { OnDevice } from './on_device';

/** What helps around a move without the register: all of it works on this device. */
export default function HelpersPage() {
  return (
    <Page title={t('app.around')}>
      <p class="lead">{t('helpers.lead')}</p>
      <OnDevice>{t('helpers.promise')}</OnDevice>
      <section class="card" aria-labelledby="helpers">
        <h2 id="helpers" class="unseen">{t('helpers.list')}</h2>
        <Ways
          ways={[
            { to: 'deadlines', name: t('helpers.deadlines'), what: t('helpers.deadlines.what') },
            { to: 'arrival', name: t('helpers.arrival'), what: t('helpers.arrival.what') },
            { to: 'payment', name: t('helpers.payment'), what: t('helpers.payment.what') },
          ]}
        />
      </section>
      <p class="hint">{t('helpers.free')}</p>
    </Page>
  );
}
