// A proof that is bound to a key is shown as the answer to a question: who is shown it makes up a number, and the holder
// signs it. So a picture of the answer is good for nobody else and at no other time.

/** As the audience of whom somebody stands in front of; the number tells apart who asked. */
export const inPerson = 'in-person';

const digits = 8;

/** A new number for each proof that is asked for: 8 digits. `bytes` are at least 8 random ones. */
export function questionOf(bytes: Uint8Array): string {
  // Of 256 values the last six are left out, so that all digits are as likely.
  const fair = Array.from(bytes).filter((byte) => byte < 250);
  return fair.length < digits ? '' : fair.slice(0, digits).map((byte) => byte % 10).join('');
}

export function makeQuestion(): string {
  for (;;) {
    const question = questionOf(crypto.getRandomValues(new Uint8Array(16)));
    if (question !== '') return question;
  }
}

/** As it is read out: in two groups. */
export function inGroups(question: string): string {
  return `${question.slice(0, digits / 2)} ${question.slice(digits / 2)}`;
}

/** What somebody typed, with or without blanks; null if it is no such number. */
export function readQuestion(typed: string): string | null {
  const bare = typed.replace(/[\s-]/g, '');
  return /^[0-9]{8}$/.test(bare) ? bare : null;
}
