import type { ComponentChildren } from 'preact';
import { linkTo } from '../app/places';
import type { Address } from '../api/wire';
import { dayInWords, momentInWords } from '../text/dates';
import { countryName } from '../text/countries';

type Children = { children: ComponentChildren };

/** A link to a page of the app that looks like a button. */
export function ButtonLink({ to, second = false, children }: Children & { to: string; second?: boolean }) {
  return <a class={second ? 'button second' : 'button'} href={linkTo(to)}>{children}</a>;
}

export function Link({ to, children }: Children & { to: string }) {
  return <a href={linkTo(to)}>{children}</a>;
}

interface ButtonProps extends Children {
  onClick?: () => void;
  second?: boolean;
  quiet?: boolean;
  /** It does what cannot be brought back. */
  grave?: boolean;
  busy?: boolean;
  type?: 'button' | 'submit';
}

/** While it is busy it takes no second press, and keeps the focus. */
export function Button({ onClick, second = false, quiet = false, grave = false, busy = false, type = 'button', children }: ButtonProps) {
  const look = quiet ? 'link' : second ? 'button second' : grave ? 'button grave' : 'button';
  const press = (event: Event) => {
    if (busy) event.preventDefault();
    else onClick?.();
  };
  return <button type={type} class={busy ? `${look} busy` : look} aria-disabled={busy} onClick={press}>{children}</button>;
}

/** Seen by screen readers only. */
export function Unseen({ children }: Children) {
  return <span class="unseen">{children}</span>;
}

export function DayText({ day }: { day: string }) {
  return <time dateTime={day}>{dayInWords(day)}</time>;
}

export function MomentText({ moment }: { moment: string }) {
  return <time dateTime={moment}>{momentInWords(moment)}</time>;
}

/** As it stands on an envelope. */
export function AddressText({ address }: { address: Address }) {
  return (
    <div class="address">
      {address.lines.map((line, i) => <span key={i} dir="auto">{line}</span>)}
      <span class="country">{countryName(address.country)}</span>
    </div>
  );
}

export interface Row {
  key: string;
  name: ComponentChildren;
  value: ComponentChildren;
  action?: ComponentChildren;
}

export function SummaryList({ rows }: { rows: readonly Row[] }) {
  if (rows.length === 0) return null;
  return (
    <dl class="rows">
      {rows.map(({ key, name, value, action }) => (
        <div key={key}>
          <dt>{name}</dt>
          <dd>{value}{action && <span class="action">{action}</span>}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Details({ summary, open = false, children }: Children & { summary: string; open?: boolean }) {
  return <details open={open}><summary>{summary}</summary>{children}</details>;
}

/** Something that happened or is so, to be seen and heard. */
export function Note({ good = false, children }: Children & { good?: boolean }) {
  return <div class={good ? 'note good' : 'note'} role="status">{children}</div>;
}
