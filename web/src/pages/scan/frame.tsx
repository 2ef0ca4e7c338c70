import type { ComponentChildren } from 'preact';
import { linkTo } from '../../app/places';
import { t } from '../../text/text';
import { LanguageMenu } from '../../ui/language_menu';

const pages = [
  { file: 'desk.html', name: 'scan.ask' },
  { file: 'scan.html', name: 'scan.title' },
] as const;

interface Props {
  brand: string;
  /** Which of a verifier's pages this is; null where there is no verifier. */
  among: (typeof pages)[number]['file'] | null;
  tools?: ComponentChildren;
  footer: ComponentChildren;
  children: ComponentChildren;
}

/** What stands around the pages of those who check proofs. */
export function Frame({ brand, among, tools, footer, children }: Props) {
  return (
    <>
      <a class="skip" href="#main">{t('app.skip')}</a>
      <header>
        <div class={among ? 'bar checking' : 'bar'}>
          <span class="brand"><img src={linkTo('icon.svg')} alt="" width="32" height="32" /><span class="word" dir="auto">{brand}</span></span>
          <div class="tools"><LanguageMenu />{tools}</div>
          {among && (
            <nav aria-label={t('app.pages')}>
              <ul>{pages.map(({ file, name }) => <li key={file}><a href={linkTo(file)} aria-current={file === among ? 'page' : undefined}>{t(name)}</a></li>)}</ul>
            </nav>
          )}
        </div>
      </header>
      <main id="main" tabIndex={-1}>{children}</main>
      <footer>{footer}</footer>
    </>
  );
}
