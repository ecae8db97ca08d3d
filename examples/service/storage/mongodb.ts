import { PROJECTS } from '../projects.ts'
import type { Project } from '../projects.ts'
import { load } from './package.ts'
import type { Part, ProjectStore } from './stores.ts'

interface Stored extends Omit<Project, 'id'> {
  readonly _id: string
}

/** What is used of a collection of the package `mongodb`. */
export interface Projects {
  find(): { sort(order: { readonly _id: 1 }): { toArray(): Promise<Stored[]> } }
  findOne(filter: { readonly _id: string }): Promise<Stored | null>
  updateOne(
    filter: { readonly _id: string },
    update: { readonly $setOnInsert: Omit<Stored, '_id'> },
    options: { readonly upsert: true }
  ): Promise<unknown>
}

interface MongoPackage {
  readonly MongoClient: new (
    url: string,
    options: { readonly serverSelectionTimeoutMS: number }
  ) => {
    /** The database is the one that the URL names. */
    db(): { collection(name: string): Projects }
    close(): Promise<void>
  }
}

export async function openMongo(url: string): Promise<Part<'projects'>> {
  const { MongoClient } = await load<MongoPackage>('mongodb')
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 5000 })
  const collection = client.db().collection('projects')
  try {
    await seed(collection)
  } catch (error) {
    await client.close()
    throw error
  }
  return { projects: projectsIn(collection), close: () => client.close() }
}

/** Whoever is first stores them; what somebody has changed since then stays. */
export async function seed(collection: Projects): Promise<void> {
  for (const { id, ...rest } of PROJECTS) {
    await collection.updateOne({ _id: id }, { $setOnInsert: rest }, { upsert: true })
  }
}

export function projectsIn(collection: Projects): ProjectStore {
  return {
    all: async () => (await collection.find().sort({ _id: 1 }).toArray()).map(projectOf),
    async find(id) {
      const stored = await collection.findOne({ _id: id })
      return stored ? projectOf(stored) : undefined
    }
  }
}

function projectOf({ _id, name, description }: Stored): Project {
  return { id: _id, name, description }
}
