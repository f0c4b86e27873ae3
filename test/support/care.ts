import type { Sql } from 'postgres'

/** A newer version of a session type, with these rules besides its own. */
export async function changeRules(client: Sql, slug: string, rules: object): Promise<void> {
  await client`
    insert into session_type_versions
    select (jsonb_populate_record(v, jsonb_build_object('version', v.version + 1, 'rules', v.rules || ${JSON.stringify(rules)}::text::jsonb))).*
    from session_type_versions v join session_types t on t.id = v.session_type_id and t.version = v.version
    where t.slug = ${slug}`
  await client`update session_types set version = version + 1 where slug = ${slug}`
}

/** A newer version of a session type, with these parts of its plan besides the others. */
export async function changePlan(client: Sql, slug: string, plan: object): Promise<void> {
  await client`
    insert into session_type_versions
    select (jsonb_populate_record(v, jsonb_build_object('version', v.version + 1, 'plan', v.plan || ${JSON.stringify(plan)}::text::jsonb))).*
    from session_type_versions v join session_types t on t.id = v.session_type_id and t.version = v.version
    where t.slug = ${slug}`
  await client`update session_types set version = version + 1 where slug = ${slug}`
}

/** Lets a therapist work as Jessica does, and offer what she offers, at the same places. */
export async function workLikeJessica(client: Sql, slug: string): Promise<void> {
  await client`
    insert into opening_hours (practice_id, id, resource_id, days, from_minute, to_minute)
    select r.practice_id, gen_random_uuid(), r.id, h.days, h.from_minute, h.to_minute
    from resources r, opening_hours h join resources jessica on jessica.id = h.resource_id and jessica.slug = 'jessica'
    where r.slug = ${slug}`
  await client`
    insert into offerings (practice_id, session_type_id, resource_id, place_id)
    select o.practice_id, o.session_type_id, r.id, o.place_id
    from resources r, offerings o join resources jessica on jessica.id = o.resource_id and jessica.slug = 'jessica'
    where r.slug = ${slug}`
}
