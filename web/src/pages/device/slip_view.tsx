import { useEffect } from 'preact/hooks';
import { t } from '../../text/text';
import { Page } from '../../ui/page';
import { Button, Details, type Row, SummaryList } from '../../ui/pieces';
import { download } from '../../ui/download';
import { OnDevice } from './on_device';
import { QrImage, svgFile, useDrawing } from './qr_image';

/** A slip as it is shown: its fields in words, and the text of its code. */
export interface Slip {
  title: string;
  text: string;
  maxVersion: number;
  rows: readonly Row[];
  /** It comes from a model without legal effect, and says so. */
  model: boolean;
}

function Sheet({ slip: { title, text, maxVersion, rows, model } }: { slip: Slip }) {
  const { state, again } = useDrawing(text, maxVersion);
  return (
    <>
      <article class="receipt slip" aria-labelledby="slip">
        {model && <p class="stamp">{t('slip.model')}</p>}
        <h2 id="slip">{title}</h2>
        <QrImage state={state} again={again} label={t('slip.code')} />
        <SummaryList rows={rows} />
      </article>
      <p class="actions">
        <Button onClick={() => window.print()}>{t('slip.print')}</Button>
        {state.kind === 'drawn' && (
          <Button second onClick={() => download('payment-slip.svg', 'image/svg+xml', svgFile(state.drawing))}>{t('slip.download')}</Button>
        )}
      </p>
    </>
  );
}

/** A finished slip, with the way back to its fields. */
export function SlipView({ slip, onChange }: { slip: Slip; onChange: () => void }) {
  useEffect(() => scrollTo(0, 0), []);
  return (
    <>
      <p class="back"><Button quiet onClick={onChange}>{t('slip.change')}</Button></p>
      <Page title={t('slip.title')}>
        <p class="lead">{t('slip.scan')}</p>
        <Sheet slip={slip} />
        <Details summary={t('slip.content')}><pre class="code" dir="ltr">{slip.text}</pre></Details>
        <p class="hint">{t('slip.copy')}</p>
        <OnDevice>{t('slip.nothing-kept')}</OnDevice>
      </Page>
    </>
  );
}
