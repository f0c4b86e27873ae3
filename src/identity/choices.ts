import { createHash } from 'node:crypto'
import { conversionPolicies, type Policies, secretsPolicies } from '../../db/schema/identity.ts'
import { record } from '../kernel/audit.ts'
import type { Deps } from '../kernel/deps.ts'
import { changedMeanwhile } from '../kernel/problem.ts'
import { type Actor, actorName } from './actor.ts'
import type { Practice, PracticeScope } from './practice.ts'
import { findPractice, mergePolicies } from './store.ts'

/**
 * What a practice chooses for itself. Secrets and conversion have no default: until both are chosen, no two begin
 * together. Words that are left out stay as they are.
 */
export type Choices = Required<Pick<Policies, 'secrets' | 'conversion'>> & {
  [name in 'emergency' | 'replyWithin']?: Policies[name] | undefined
}

export const choiceNames = { secrets: secretsPolicies, conversion: conversionPolicies } as const

/** What was chosen so far, with its ETag. */
export function choicesOf({ policies: { secrets, conversion, emergency, replyWithin } }: Practice) {
  const choices = { secrets: secrets ?? null, conversion: conversion ?? null, emergency, replyWithin }
  const etag = createHash('sha256').update(JSON.stringify(choices)).digest('base64url').slice(0, 22)
  return { choices, etag: `"${etag}"` }
}

/** The same, read anew: a practice is remembered for some seconds. */
export async function readChoices({ db }: Pick<Deps, 'db'>, { practice }: PracticeScope) {
  return choicesOf((await findPractice(db, practice.id)) ?? practice)
}

/**
 * Saves the choices. Who has agreed to words keeps what they agreed to; who is being asked reads the new ones.
 * @param ifMatch the ETag that was read, or undefined to replace whatever is there
 * @returns what is chosen now, with its ETag
 * @throws changed-meanwhile
 */
export async function saveChoices(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  choices: Choices,
  ifMatch: string | undefined
): Promise<ReturnType<typeof choicesOf>> {
  return deps.db.transaction(async tx => {
    const practice = await findPractice(tx, scope.practice.id, 'locked')
    if (!practice) throw new Error('The practice of this request is gone')
    if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== choicesOf(practice).etag)
      throw changedMeanwhile('Somebody chose after you read this. Read it again, then choose')
    await mergePolicies(tx, scope, choices)
    const line = { practice: practice.id, actor: actorName(actor), kind: 'chose-policies', subjects: [practice.id] }
    await record(tx, deps.now, line)
    return choicesOf((await findPractice(tx, practice.id)) ?? practice)
  })
}
