import { describe, expect, it } from 'vitest';
import { checkCard, checkCode } from './credentials';

describe('what is typed to sign in', () => {
  it('may have blanks, hyphens and small letters', () => {
    expect(checkCard('c000 0172-a')).toBeNull();
    expect(checkCode('7k2p-dxq0 mvb3')).toBeNull();
  });

  it('is told apart when it is missing and when it is wrong', () => {
    for (const empty of ['', ' - ']) {
      expect(checkCard(empty)).toEqual({ field: 'card', id: 'sign-in.card.missing' });
      expect(checkCode(empty)).toEqual({ field: 'code', id: 'sign-in.code.missing' });
    }
    for (const wrong of ['abc', 'x'.repeat(33), 'Ж123', '12_34']) expect(checkCard(wrong)).toEqual({ field: 'card', id: 'sign-in.card.wrong' });
    for (const wrong of ['7K2PDXQ0MVB', '7K2PDXQ0MVB33', '7K2PDXQ0MVBU']) expect(checkCode(wrong)).toEqual({ field: 'code', id: 'sign-in.code.wrong' });
  });
});
