import { GROUND } from './scenario/ground.ts'
import { GROUP_WAVES } from './scenario/group.ts'
import { KEEPING } from './scenario/keeping.ts'
import { END, RELEASE } from './scenario/release.ts'
import type { Wave } from './step.ts'

/**
 * Every operation of the emulated account and a refusal in each protocol: from
 * an empty account through an approved release back to nothing.
 */
export const SCENARIO: readonly Wave[] = [...KEEPING, ...GROUND, ...GROUP_WAVES, ...RELEASE, ...END]
