/** A workflow's run as the gate's facts keep it. */
export function runLabel(id: string, attempt?: string): string {
  return attempt === undefined ? `run ${id}` : `run ${id}, attempt ${attempt}`
}

/** The same run in the words of `say`; a label that is none of ours as it stands. */
export function runLabelIn(say: typeof runLabel, label: string): string {
  const [, id, attempt] = /^run (.+?)(?:, attempt (.+))?$/.exec(label) ?? []
  return id === undefined ? label : say(id, attempt)
}
