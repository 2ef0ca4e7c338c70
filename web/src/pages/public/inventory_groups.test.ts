import { describe, expect, it } from 'vitest';
import type { Item } from './answers';
import { groupsOf } from './inventory_groups';

const item = (group: string, what: string, more: Partial<Item> = {}): Item => ({
  group, what, stored_at: `at ${what}`, purpose: `for ${what}`, ground: 'task', seen_by: 'you', expiry: 'erasure', in_my_copy: true, ...more,
});

describe('the inventory', () => {
  it('is read by group, also where a group stands in several places', () => {
    const groups = groupsOf([item('Who', 'name'), item('Where', 'street'), item('Who', 'birth')]);
    expect(groups.map(({ name, count }) => [name, count])).toEqual([['Who', 2], ['Where', 1]]);
  });

  it('says once what is the same, and parts what is not in any one thing', () => {
    const others: Partial<Item>[] = [{ ground: 'wish' }, { seen_by: 'all' }, { expiry: 'soon' }, { in_my_copy: 'It is a hash.' }];
    const [group] = groupsOf([item('Who', 'a'), ...others.map((more, i) => item('Who', `b${i}`, more)), item('Who', 'c')]);
    expect(group?.bundles.map(({ fields }) => fields.map(({ what }) => what))).toEqual([['a', 'c'], ['b0'], ['b1'], ['b2'], ['b3']]);
    expect(group?.bundles[0]?.fields[1]).toEqual({ what: 'c', purpose: 'for c', stored_at: 'at c' });
  });
});
