import type { ComponentChildren } from 'preact';
import { Link } from '../../ui/pieces';

/** What becomes of what somebody types on these pages: said on each of them, above the fields. */
export function OnDevice({ children }: { children: ComponentChildren }) {
  return <p class="on-device">{children}</p>;
}

export function Back({ to, children }: { to: string; children: ComponentChildren }) {
  return <p class="back"><Link to={to}>{children}</Link></p>;
}
