export interface Project {
  readonly id: string
  readonly name: string
  readonly description: string
}

/** What every store begins with. */
export const PROJECTS: readonly Project[] = [
  { id: 'market-stall', name: 'Market stall', description: 'Tea by the cup, on Saturdays' },
  { id: 'mountain-garden', name: 'Mountain garden', description: 'Green tea from one slope' },
  { id: 'tea-house', name: 'Tea house', description: 'Twelve seats and a kettle' }
]
