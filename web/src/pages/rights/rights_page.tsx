import { get } from '../../api/client';
import { me } from '../../api/wire';
import { t } from '../../text/text';
import { FaultSummary } from '../../ui/fields';
import { useForm } from '../../ui/form';
import { LoadedContent, useLoaded } from '../../ui/loading';
import { Page } from '../../ui/page';
import { ButtonLink, Link } from '../../ui/pieces';
import { Correction } from './correction';
import { ErasureDue } from './erasure_due';
import { ExportEverything } from './export_everything';

function SeeEverything() {
  return (
    <>
      <section aria-labelledby="kept">
        <h2 id="kept">{t('rights.kept')}</h2>
        <p>{t('rights.kept.what')}</p>
        <p><Link to="privacy">{t('app.privacy')}</Link></p>
      </section>
      <section aria-labelledby="export">
        <h2 id="export">{t('rights.export')}</h2>
        <p>{t('rights.export.what')}</p>
        <ExportEverything />
      </section>
    </>
  );
}

/** What somebody can do with their data besides registering: see all of it, have it corrected, have it erased. */
export default function RightsPage() {
  const loaded = useLoaded(() => get('/api/v1/me', me));
  const form = useForm({ field: '', wanted: '', reason: '' }, 'correction');
  const acts = { ...form, clear: () => undefined }; // other acts leave what is typed as it is
  return (
    <>
      <p class="back"><Link to="home">{t('app.home')}</Link></p>
      <FaultSummary form={form} />
      <Page title={t('home.next.rights')} faulty={form.faults.length > 0}>
        <SeeEverything />
        <LoadedContent loaded={loaded} words={t('app.loading')}>
          {(mine) => (
            <>
              <Correction me={mine} form={form} acts={acts} />
              <section aria-labelledby="erase">
                <h2 id="erase">{t('rights.erasure')}</h2>
                {mine.erasure ? <ErasureDue due={mine.erasure.due} form={acts} /> : (
                  <>
                    <p>{t('rights.erasure.what')}</p>
                    <p class="actions"><ButtonLink second to="rights/erasure">{t('rights.erasure.open')}</ButtonLink></p>
                  </>
                )}
              </section>
            </>
          )}
        </LoadedContent>
      </Page>
    </>
  );
}
