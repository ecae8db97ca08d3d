import { clicksWorld } from './clicks-world.ts'
import { crowd, instants, start, timed } from './crowd.ts'

/** Milliseconds from request to answer, all environments warm. */
export interface ClickTimes {
  /** Everybody within one second on a card that has just come: one decides, the others are told. */
  readonly crowd: readonly number[]
  /** Of these the clicks that decided, one a card. */
  readonly deciding: readonly number[]
  /** One click after the other, on a decided gate. */
  readonly alone: readonly number[]
  /** Everybody in the same instant, on a decided gate. */
  readonly instant: readonly number[]
  /** The same in the same run, of a function that sends as many requests and does nothing else. */
  readonly floor: {
    readonly crowd: readonly number[]
    readonly deciding: readonly number[]
    readonly instant: readonly number[]
  }
}

/** As people do who see the same card come. */
const CROWD_MS = 1_000
/** Environments that a crowd finds; it has never needed as many. */
const ENVIRONMENTS = 12
/** Releases in which those that are taken first decide for the first time: V8 compiles a function when it first runs. */
const WARM_UP_ROUNDS = 6
/**
 * Clicks, one after the other, right before a crowd's: a function in use. A machine that has rested
 * answers its first requests several times slower, whatever they ask.
 */
const IN_USE = 20
/** Requests in a row behind a click that decides: the gate, the person, the decision, its seal, its row, CodeDeploy, the effect, and three for the card. */
const CALLS_TO_DECIDE = 10
/** And behind one that comes too late: the gate, and the word to the person. */
const CALLS_TO_REFUSE = 2
/** Of everybody at once. */
const INSTANTS = 24

/**
 * Clicks of many people, each handled by a warm environment: read, verified,
 * looked up, judged, and answered. Every round is a release with a card of its
 * own, on which everybody clicks, and the same crowd of bare requests.
 */
export async function clickTimes(people: number, rounds: number): Promise<ClickTimes> {
  const { release, click, floor, close } = await clicksWorld(people)
  try {
    const times = { crowd: [] as number[], deciding: [] as number[], alone: [] as number[] }
    const floorTimes = { crowd: [] as number[], deciding: [] as number[] }
    const bare = (): Promise<void> => floor(CALLS_TO_REFUSE)
    let decided = ''
    for (let round = 0; round < WARM_UP_ROUNDS + rounds; round++) {
      const card = await release(2 + round)
      if (round === 0) {
        decided = card.gate
        await start(ENVIRONMENTS, (person) => click(person, decided))
        await start(ENVIRONMENTS, bare)
      }
      await inUse(() => click(0, decided))
      const clicks = await crowd(people, CROWD_MS, (person) => click(person, card.gate))
      await inUse(bare)
      let first = NaN
      const bareClicks = await crowd(people, CROWD_MS, (person, isFirst) => {
        if (isFirst) first = person
        return floor(isFirst ? CALLS_TO_DECIDE : CALLS_TO_REFUSE)
      })
      const decidedIn = clicks[card.decider()] ?? NaN
      await card.ended
      decided = card.gate
      if (round < WARM_UP_ROUNDS) continue
      times.crowd.push(...clicks)
      times.deciding.push(decidedIn)
      floorTimes.crowd.push(...bareClicks)
      floorTimes.deciding.push(bareClicks[first] ?? NaN)
    }
    const again = (person: number): Promise<void> => click(person, decided)
    for (let count = 0; count < people * INSTANTS; count++)
      times.alone.push(await timed(() => again(0)))
    await start(people, again)
    const instant = await instants(people, INSTANTS, again)
    await start(people, bare)
    const bareInstant = await instants(people, INSTANTS, bare)
    return { ...times, instant, floor: { ...floorTimes, instant: bareInstant } }
  } finally {
    await close()
  }
}

async function inUse(act: () => Promise<void>): Promise<void> {
  for (let count = 0; count < IN_USE; count++) await act()
}
