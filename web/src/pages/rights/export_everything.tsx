import { useState } from 'preact/hooks';
import { getText } from '../../api/client';
import { sameOwner } from '../../drafts/owner';
import { t } from '../../text/text';
import { download } from '../../ui/download';
import { FaultSummary } from '../../ui/fields';
import { faultOf, useForm } from '../../ui/form';
import { Button, Note } from '../../ui/pieces';

const file = 'abode-my-data.json';
/** A long history on a slow line is megabytes. */
const patience_ms = 90_000;

/** The register's whole copy about somebody, as a file, byte for byte as it came. */
export function ExportEverything() {
  const form = useForm({});
  const [saved, show] = useState(false);
  const save = () => form.submit(async () => {
    show(false);
    const isTheirs = sameOwner();
    const answer = await getText('/api/v1/me/export', { patience_ms });
    form.fail(answer.ok ? [] : [faultOf(answer.failure)]);
    if (!answer.ok || !isTheirs()) return;
    download(file, 'application/json', answer.value);
    show(true);
  });
  return (
    <>
      <FaultSummary form={form} />
      <p class="actions"><Button second busy={form.busy} onClick={save}>{t('rights.export.button')}</Button></p>
      <div role="status">{saved && <Note good><p>{t('rights.export.done', { file })}</p></Note>}</div>
    </>
  );
}
