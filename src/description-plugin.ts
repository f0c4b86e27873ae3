import swagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import plugin from 'fastify-plugin'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { type Action, allowed } from './identity/actor.ts'

/** The API's description. Unknown fields are refused, also where a route names no query or no body. */
export const descriptionPlugin = plugin(async app => {
  await app.register(swagger, description)
  app.addHook('onRoute', route => {
    if (!route.schema || !('operationId' in route.schema)) return
    route.schema.querystring ??= z.strictObject({})
    if (route.method === 'POST') route.schema.body ??= z.strictObject({}).nullish()
  })
})

/** What OpenAPI says: https://spec.openapis.org/oas/v3.1.0. Refusals in their own media type (RFC 9457). */
const description: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: { title: 'Tandem', version: '1', description: 'Booking for a private practice of couples therapy' },
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } }
  },
  transform: given => {
    const { schema, url } = jsonSchemaTransform(given)
    const { may } = given.route.config ?? {}
    return { schema: may && needsToken(may) ? { ...schema, security: [{ bearer: [] }] } : schema, url }
  },
  transformObject: given => {
    const whole = jsonSchemaTransformObject(given)
    for (const operation of Object.values(whole.paths ?? {}).flatMap(path => Object.values(path ?? {})))
      for (const response of isOperation(operation) ? Object.values(operation.responses) : []) {
        const json = response.content?.['application/json']
        if (json?.schema?.$ref?.endsWith('/Problem')) response.content = { 'application/problem+json': json }
      }
    return whole
  }
}

/** What is looked at of an operation. */
const Operation = z.looseObject({
  responses: z.record(
    z.string(),
    z.looseObject({
      content: z
        .record(z.string(), z.looseObject({ schema: z.looseObject({ $ref: z.string().optional() }).optional() }))
        .optional()
    })
  )
})

function isOperation(given: unknown): given is z.infer<typeof Operation> {
  return Operation.safeParse(given).success
}

function needsToken(may: Action): boolean {
  const readers: readonly string[] = allowed[may]
  return !readers.includes('anonymous')
}
