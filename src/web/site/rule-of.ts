import { findPublicType, listPublicTypes } from '../../catalog/read-session-types.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Problem } from '../../kernel/problem.ts'
import type { Why } from './taken.tsx'

/** Which rule of care a time was refused by, in words for the client whose own matter it is; none for any other refusal. */
export async function ruleOf(
  deps: Deps,
  scope: PracticeScope,
  slug: string,
  { extensions: { rule } }: Problem
): Promise<Why | undefined> {
  if (rule !== 'too-often' && rule !== 'first-comes-first') return undefined
  const { rules } = await findPublicType(deps, scope, slug)
  if (rule === 'too-often')
    return {
      heading: 'That is one more in the same week',
      text: `At most ${rules.perClientWeek} of these a week. If you would like more, ask us: your therapist can allow it.`
    }
  const first = (await listPublicTypes(deps, scope)).filter(type => rules.first?.includes(type.slug))
  return {
    heading: 'Something else comes first',
    text: `Begin with ${first.map(({ name }) => `“${name}”`).join(' or ')}. If you have, sign in and book as yourself.`
  }
}
