import { type Address, addressParts } from '../../api/wire';

/** Word for word the same: as the register compares them. */
export function sameAddress(a: Address, b: Address): boolean {
  const sameLines = a.lines.length === b.lines.length && a.lines.every((line, i) => line === b.lines[i]);
  return a.country === b.country && sameLines && addressParts.every((part) => a[part] === b[part]);
}
