// What somebody has said yes to and has still to go to, as far as these pages read it. Pure.
interface Span {
  first: string;
  last: string;
}

export interface GoingVisit {
  date: string;
  state: string;
  /** Who was asked; only they can take it back. */
  person: { id: string };
}

export interface GoingPatrol {
  date: string;
  state: string;
  people: { id: string; answer: string }[];
}

function within(date: string, span: Span): boolean {
  return date >= span.first && date <= span.last;
}

export function visitPromised(one: GoingVisit, span: Span, me: string): boolean {
  return one.state === 'accepted' && one.person.id === me && within(one.date, span);
}

export function patrolPromised(one: GoingPatrol, span: Span, me: string): boolean {
  const mine = one.people.find((person) => person.id === me);
  return one.state === 'open' && mine?.answer === 'accepted' && within(one.date, span);
}
