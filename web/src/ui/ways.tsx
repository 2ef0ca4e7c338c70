import type { ComponentChildren } from 'preact';
import { Link } from './pieces';

export interface Way {
  to: string;
  name: ComponentChildren;
  what: ComponentChildren;
}

/** Pages to go on to, each with a sentence. */
export function Ways({ ways }: { ways: readonly Way[] }) {
  return (
    <ul class="plain ways">
      {ways.map(({ to, name, what }) => <li key={to} class="way"><Link to={to}>{name}</Link><p>{what}</p></li>)}
    </ul>
  );
}
