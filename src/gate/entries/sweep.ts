import { connect } from '../runtime/connect.ts'
import { handleSweep } from '../sweep/sweep.ts'

const { platform } = connect(() =>
  Promise.reject(new Error('the sweep does not read what runs on both sides'))
)

export function handler(): Promise<void> {
  return handleSweep(platform)
}
