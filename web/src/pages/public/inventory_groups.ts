import type { Item } from './answers';

// The inventory as it is read: by group, and in a group those together of which all the rest is the same.

/** What is said once of several fields. */
export type Shared = Pick<Item, 'ground' | 'seen_by' | 'expiry' | 'in_my_copy'>;

export interface Bundle extends Shared {
  fields: Pick<Item, 'what' | 'purpose' | 'stored_at'>[];
}

export interface Group {
  name: string;
  count: number;
  bundles: Bundle[];
}

const sharedOf = ({ ground, seen_by, expiry, in_my_copy }: Item): Shared => ({ ground, seen_by, expiry, in_my_copy });

function bundled(items: readonly Item[]): Bundle[] {
  const bundles = new Map<string, Bundle>();
  for (const item of items) {
    const shared = sharedOf(item);
    const name = JSON.stringify(shared);
    const bundle = bundles.get(name) ?? { ...shared, fields: [] };
    bundle.fields.push({ what: item.what, purpose: item.purpose, stored_at: item.stored_at });
    bundles.set(name, bundle);
  }
  return [...bundles.values()];
}

/** Every item once; groups and bundles stand in the order in which the inventory first names them. */
export function groupsOf(items: readonly Item[]): Group[] {
  const names = [...new Set(items.map(({ group }) => group))];
  return names.map((name) => {
    const own = items.filter(({ group }) => group === name);
    return { name, count: own.length, bundles: bundled(own) };
  });
}
