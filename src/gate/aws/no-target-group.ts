/** What a gate's facts say of green before CodeDeploy has given it targets; the card has words of its own for it. */
export const NO_TARGET_GROUP = 'green has no target group yet'
