/**
 * What an Automation rule has to be set to, in the words of Jira's own pages, so that set-up, the intake and health
 * say the same (support.atlassian.com, "Jira automation triggers", "Jira automation actions").
 */
export const automationChoices = {
  trigger: 'Work item transitioned',
  /** The trigger's name until Jira began to call issues work items; some sites still show it. */
  formerTrigger: 'Issue transitioned',
  action: 'Send web request',
  method: 'POST',
  body: 'Issue data (Jira format)',
} as const;

/** The remedy for a rule whose request does not say which issue it is about. */
export const chooseAutomationBody = `In the action "${automationChoices.action}" of the Automation rule, choose "${automationChoices.body}" as the web request body.`;
