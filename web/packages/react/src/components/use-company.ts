import { useAppearance } from '../theme/index.ts';
import type { Person } from './people.ts';

/** The company of a person, unless it is what they are called by: suppliers are. */
export function useCompany(person: Person | null | undefined): string | null {
  const { companyOf } = useAppearance();
  const company = person ? (companyOf(person.id) ?? person.company ?? null) : null;
  return company === person?.name ? null : company;
}
