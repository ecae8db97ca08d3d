/** What buttons and modals are called in Slack's requests. */
export const ACTIONS = {
  approve: 'gate_approve',
  reject: 'gate_reject',
  'break-glass': 'gate_break_glass',
  'roll-back': 'gate_roll_back',
  details: 'gate_details'
} as const
