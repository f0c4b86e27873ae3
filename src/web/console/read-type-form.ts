import type { Rules } from '../../catalog/rules.ts'
import { Rules as RulesShape } from '../../catalog/rules.ts'
import type { SessionType } from '../../catalog/session-type.ts'
import type { SessionTypeChange } from '../../catalog/type-schema.ts'
import type { Faults } from '../components/fields.tsx'
import { allOf, type Form, oneOf, readNumbers } from './care-form.ts'
import { typeCareFields } from './type-care.tsx'

/** What stands in the form: as it is kept, or as it was typed. */
export interface TypeForm {
  given: Readonly<Record<string, string>>
  offered: readonly string[]
  first: readonly string[]
}

/** A type as the form shows it. */
export function typeFormOf(
  { rules, public: open }: SessionType,
  offerings: readonly { therapist: string; place: string }[]
): TypeForm {
  const numbers = typeCareFields.flatMap(name => (rules[name] === undefined ? [] : [[name, String(rules[name])]]))
  return {
    given: {
      ...Object.fromEntries(numbers),
      ...(rules.family && { family: rules.family }),
      ...(rules.demanding && { demanding: 'yes' }),
      ...(rules.therapists && { therapists: '2' }),
      ...(open && { public: 'yes' })
    },
    offered: offerings.map(({ therapist, place }) => `${therapist} ${place}`),
    first: rules.first ?? []
  }
}

/** What the form wants changed; the rules that it does not show stay. */
export function readTypeForm(
  body: Form,
  rules: Rules
): { form: TypeForm; change: SessionTypeChange | undefined; faults: Faults } {
  const { numbers, faults } = readNumbers(body, typeCareFields)
  const names = [...typeCareFields, 'family', 'demanding', 'therapists', 'public']
  const offered = allOf(body, 'offered').filter(value => /^[a-z0-9-]+ [a-z0-9-]+$/.test(value))
  const first = allOf(body, 'first')
  const given = Object.fromEntries(names.map(name => [name, oneOf(body, name)]).filter(([, value]) => value !== ''))
  const cared = new Set<string>([...names, 'first'])
  const family = oneOf(body, 'family')
  const read = RulesShape.safeParse({
    ...Object.fromEntries(Object.entries(rules).filter(([name]) => !cared.has(name))),
    ...numbers,
    ...(family && { family }),
    ...(given.demanding && { demanding: true }),
    ...(given.therapists && { therapists: 2 }),
    ...(first.length > 0 && { first })
  })
  const wrong = Object.fromEntries((read.error?.issues ?? []).map(({ path, message }) => [String(path[0]), message]))
  const all = { ...wrong, ...faults }
  const form = { given, offered, first }
  if (!read.success || Object.keys(all).length > 0) return { form, change: undefined, faults: all }
  const offerings = offered.map(value => {
    const [therapist = '', place = ''] = value.split(' ')
    return { therapist, place }
  })
  return { form, change: { public: given.public === 'yes', rules: read.data, offerings }, faults: {} }
}
