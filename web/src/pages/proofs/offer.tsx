import { useEffect, useRef } from 'preact/hooks';
import type { Offer } from '../../api/wire';
import { rich, t } from '../../text/text';
import { Button, MomentText, Note } from '../../ui/pieces';
import { QrPicture } from '../../ui/qr';

/** An offer for a wallet: to be scanned by another device, or followed on this one. Its code stands apart from it. */
export function OfferSheet({ offer, onAgain }: { offer: Offer; onAgain: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <h2 ref={heading} tabIndex={-1}>{t('proof.offer')}</h2>
      <ol class="steps">
        <li>
          <p>{t('proof.offer.scan')}</p>
          <QrPicture text={offer.link} label={t('proof.offer.qr')} />
          <p><a class="button second" href={offer.link}>{t('proof.offer.open')}</a></p>
        </li>
        <li>
          <p>{t('proof.offer.code')}</p>
          <p class="big-code">{offer.transaction_code}</p>
          <p class="hint">{t('proof.offer.secret')}</p>
        </li>
      </ol>
      <Note><p>{rich('proof.offer.until', { until: <MomentText moment={offer.expires_at} /> })}</p></Note>
      <p class="actions"><Button second onClick={onAgain}>{t('proof.offer.again')}</Button></p>
    </>
  );
}
