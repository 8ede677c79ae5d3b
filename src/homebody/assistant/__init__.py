"""From words to deeds: understanding, plan, policy, execution, reply, and the turn that gathers them."""
