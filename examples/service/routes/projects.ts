import { Refusal } from '../http/refusal.ts'
import type { Routes } from '../http/routes.ts'
import type { Stores } from '../storage/stores.ts'
import { userOf } from './login.ts'

export function projectRoutes({
  projects,
  sessions
}: Pick<Stores, 'projects' | 'sessions'>): Routes {
  return {
    'GET /projects': async (call) => {
      await userOf(call, sessions)
      return { status: 200, content: { projects: await projects.all() } }
    },
    'GET /projects/:id': async (call) => {
      await userOf(call, sessions)
      const project = await projects.find(call.id)
      if (!project) throw new Refusal(404, `there is no project ${call.id}`)
      return { status: 200, content: project }
    }
  }
}
