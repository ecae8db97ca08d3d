import { tryKeys } from '../identity/keys.ts'
import { connect } from '../runtime/connect.ts'
import { gatePlanes } from '../runtime/planes.ts'
import { handleSweep } from '../sweep/sweep.ts'

const { platform } = connect(gatePlanes)

export function handler(): Promise<void> {
  return handleSweep(platform, tryKeys)
}
