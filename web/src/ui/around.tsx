import { rich, t } from '../text/text';
import { Link } from './pieces';

/** The way to the pages that work on the device alone. */
export function AroundAMove() {
  return (
    <section aria-labelledby="around">
      <h2 id="around">{t('app.around')}</h2>
      <p>{rich('app.around.what', { link: (words) => <Link to="helpers">{words}</Link> })}</p>
    </section>
  );
}
