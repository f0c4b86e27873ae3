import type { Sql } from 'postgres'

/** The token in a partner's link. */
export function tokenIn(link: string): string {
  return link.split('/a/')[1] ?? ''
}

/** A newer version of a session type, which the practice approves. */
export async function needApprovalOf({ client }: { client: Sql }, slug: string): Promise<void> {
  await client`
    insert into session_type_versions
    select (jsonb_populate_record(v, jsonb_build_object('version', v.version + 1, 'rules', v.rules || '{"approval": true}'))).*
    from session_type_versions v join session_types t on t.id = v.session_type_id and t.version = v.version
    where t.slug = ${slug}`
  await client`update session_types set version = version + 1 where slug = ${slug}`
}
