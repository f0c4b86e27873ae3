import type { Kind } from '../../../db/schema/catalog.ts'
import type { SessionType } from '../../catalog/session-type.ts'

/** The four groups of the home page, in their order. */
const groups = ['On my own', 'Together', 'Concentrated', 'A short programme'] as const
type Group = (typeof groups)[number]

const groupOf: Record<Kind, Group> = {
  consultation: 'On my own',
  individual: 'On my own',
  couples: 'Together',
  weekly: 'Together',
  intensive: 'Concentrated',
  retreat: 'Concentrated',
  programme: 'A short programme'
}

/** Session types by group, each in the practice's order; a group without any is left out. */
export function grouped(types: readonly SessionType[]): { group: Group; types: SessionType[] }[] {
  return groups
    .map(group => ({ group, types: types.filter(type => groupOf[type.kind] === group) }))
    .filter(({ types }) => types.length > 0)
}

/** Types of the group, for pages that speak of one. */
export function inGroup(types: readonly SessionType[], ...wanted: Group[]): SessionType[] {
  return types.filter(type => wanted.includes(groupOf[type.kind]))
}
