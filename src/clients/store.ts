import { clients, consents, memberships } from '../../db/schema/clients.ts'
import { into, type Rows } from '../kernel/rows.ts'

export function clientRows(client: typeof clients.$inferInsert, first: typeof memberships.$inferInsert): Rows[] {
  return [into(clients, client), into(memberships, first)]
}

export function consentRows(row: typeof consents.$inferInsert): Rows[] {
  return [into(consents, row)]
}
