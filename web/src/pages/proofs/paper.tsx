import { useEffect, useRef, useState } from 'preact/hooks';
import { fromBase64 } from '../../base/bytes';
import { t } from '../../text/text';
import { Link } from '../../ui/pieces';

/** The address of a file that exists in this page alone, for as long as it is shown. */
function useFile(content: Uint8Array | null, type: string): string | null {
  const [address, show] = useState<string | null>(null);
  useEffect(() => {
    if (!content) return undefined;
    const made = URL.createObjectURL(new Blob([Uint8Array.from(content)], { type }));
    show(made);
    return () => URL.revokeObjectURL(made);
  }, [content, type]);
  return address;
}

/** The page that was made, to be downloaded now: nobody keeps it. */
export function PaperSheet({ pdf, entry, number }: { pdf: string; entry: number; number: string | null }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [content] = useState(() => fromBase64(pdf));
  const address = useFile(content, 'application/pdf');
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <h2 ref={heading} tabIndex={-1}>{t('proof.paper')}</h2>
      <p>{t(content ? 'proof.paper.what' : 'problem.unreadable')}</p>
      {number && <p>{t('proof.number')}: <span class="code">{number}</span></p>}
      {address && <p class="actions"><a class="button" href={address} download={`proof-${entry}.pdf`}>{t('proof.paper.download')}</a></p>}
      <p>{t('proof.paper.careful')}</p>
      <p><Link to={`receipts/${entry}`}>{t('proof.receipt')}</Link></p>
    </>
  );
}
