/** 64 digits in groups that an eye can follow. */
export function Commitment({ value }: { value: string }) {
  return <span class="code groups">{value.match(/.{1,8}/g)?.map((group, i) => <span key={i}>{group} </span>)}</span>;
}
