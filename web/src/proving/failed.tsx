import { useEffect, useState } from 'preact/hooks';
import { t } from '../text/text';
import { Button } from '../ui/pieces';

export interface SavedFile {
  name: string;
  label: string;
  content: Uint8Array | string;
}

/** A link to content that is here already: just what was checked, not what the register would give now. */
function SaveLink({ file }: { file: SavedFile }) {
  const [address, show] = useState('');
  useEffect(() => {
    const content = typeof file.content === 'string' ? file.content : Uint8Array.from(file.content);
    const made = URL.createObjectURL(new Blob([content], { type: 'application/octet-stream' }));
    show(made);
    return () => URL.revokeObjectURL(made);
  }, [file.content]);
  return <a class="button second" href={address} download={file.name}>{file.label}</a>;
}

/** That something does not fit: what, calmly, and what to do with it. */
export function Failed({ title, faults, files, again }: { title: string; faults: readonly string[]; files: readonly SavedFile[]; again: () => void }) {
  return (
    <section class="proving failed" aria-labelledby="proving-title">
      <h2 id="proving-title">{title}</h2>
      <ul class="faults">{faults.map((fault) => <li key={fault}>{fault}</li>)}</ul>
      <p>{t('tick.failed.calm')}</p>
      <h3>{t('tick.failed.do')}</h3>
      <ol>
        <li>{t('tick.failed.keep')}</li>
        <li>{t('tick.failed.elsewhere')}</li>
        <li>{t('tick.failed.show')}</li>
      </ol>
      <p class="actions">
        {files.map((file) => <SaveLink key={file.name} file={file} />)}
        <Button second onClick={again}>{t('tick.again')}</Button>
      </p>
    </section>
  );
}
