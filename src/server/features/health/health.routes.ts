import { getHealth } from '#contract/health.routes.ts'
import type { Dependencies } from '../../dependencies.ts'
import { createRouter } from '../../http/router.ts'
import { healthRepository } from './health.repository.ts'

export function healthRoutes({ database }: Pick<Dependencies, 'database'>) {
  const health = healthRepository(database)
  return createRouter().openapi(getHealth, async (c) => {
    await health.ask()
    return c.json({ status: 'ok' as const }, 200)
  })
}
