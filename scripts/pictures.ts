// Pictures of what people see: `npm run pictures -- FOLDER [part ...]`. They are for eyes, so no
// test compares them; a test holds that they are made.
import { resolve } from 'node:path'
import { picturesOfCard } from './pictures/card.ts'
import { picturesOfPages } from './pictures/pages.ts'

const PARTS: Readonly<Record<string, (folder: string) => Promise<readonly string[]>>> = {
  card: (folder) => picturesOfCard(folder),
  pages: async (folder) =>
    (await picturesOfPages(folder)).map(({ path, height }) => `${path} (${height} px)`)
}

async function main([folder, ...asked]: readonly string[]): Promise<void> {
  const names = Object.keys(PARTS)
  const unknown = asked.filter((name) => !names.includes(name))
  if (folder === undefined || unknown.length > 0) {
    throw new Error(
      `usage: npm run pictures -- FOLDER [part ...]; a part is one of ${names.join(', ')}`
    )
  }
  for (const [name, make] of Object.entries(PARTS)) {
    if (asked.length > 0 && !asked.includes(name)) continue
    for (const line of await make(resolve(folder))) process.stdout.write(`${line}\n`)
  }
}

await main(process.argv.slice(2))
