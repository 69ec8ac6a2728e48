import { Accordion, Anchor, Text } from '@mantine/core';
import type { WebhookSetup } from '@userhero/shared/contracts/adapter.ts';
import { automationChoices } from '@userhero/shared/jira/automation-choices.ts';
import type { ReactNode } from 'react';
import { CopyField } from '../../parts/copy-field.tsx';

type WaysProps = {
  setup: WebhookSetup;
  siteUrl: string | null;
  projectKey: string | null;
  secretShown: boolean;
};

/** The three ways in which Jira Cloud sends updates, each in the words of Jira's own pages. */
export function WebhookWays(props: WaysProps) {
  return (
    <Accordion variant="separated" order={3}>
      <Way name="webhook" title="A WebHook" who="for Jira admins">
        <WebhookSteps {...props} />
      </Way>
      <Way name="automation" title="An Automation rule" who="for project admins">
        <AutomationSteps {...props} />
      </Way>
      <Way name="post-function" title="A workflow’s post function" who="for Jira admins">
        <PostFunctionSteps {...props} />
      </Way>
    </Accordion>
  );
}

function Way({
  name,
  title,
  who,
  children,
}: {
  name: string;
  title: string;
  who: string;
  children: ReactNode;
}) {
  return (
    <Accordion.Item value={name}>
      <Accordion.Control>
        <b>{title}</b>{' '}
        <Text component="span" size="sm" c="dimmed">
          {who}
        </Text>
      </Accordion.Control>
      <Accordion.Panel>{children}</Accordion.Panel>
    </Accordion.Item>
  );
}

function WebhookSteps({ setup, siteUrl, projectKey, secretShown }: WaysProps) {
  return (
    <>
      <ol className="uh-steps">
        <li>
          In Jira, go to <b>Settings → System → WebHooks</b>
          <OpenWebhooks siteUrl={siteUrl} />
        </li>
        <li>
          Click <b>Create a WebHook</b> and enter a <b>Name</b>, such as UserHero
        </li>
        <li>
          <b>URL</b>:
          <CopyField name="the URL" value={setup.url} />
        </li>
        <li>
          <b>Secret</b>:
          <CopyField name="the secret" value={setup.secret} hidden={!secretShown} />
        </li>
        <li>
          <b>Issue related events</b>:
          <JqlFilter projectKey={projectKey} />
        </li>
        <li>
          Under <b>Issue</b>, select <b>updated</b> and <b>deleted</b>
        </li>
        <li>
          Click <b>Create</b>
        </li>
      </ol>
      <Text size="sm" c="dimmed" mt="sm">
        Jira’s form has no place for an {setup.header.name} header. It signs every event with the secret
        instead.
      </Text>
    </>
  );
}

function OpenWebhooks({ siteUrl }: { siteUrl: string | null }) {
  if (!siteUrl) return null;
  return (
    <>
      {' ('}
      <Anchor
        href={`${siteUrl}/plugins/servlet/webhooks`}
        target="_blank"
        rel="noreferrer"
        underline="always"
        inherit
      >
        open it
      </Anchor>
      )
    </>
  );
}

/** A key in quotation marks is never taken for one of JQL's own words. */
function JqlFilter({ projectKey }: { projectKey: string | null }) {
  if (!projectKey) return null;
  return <CopyField name="the JQL filter" value={`project = "${projectKey}"`} />;
}

function AutomationSteps({ setup, secretShown }: WaysProps) {
  const { trigger, formerTrigger, action, method, body } = automationChoices;
  return (
    <>
      <ol className="uh-steps">
        <li>
          In the Jira project, go to <b>Project settings → Automation</b> and click <b>Create rule</b>
        </li>
        <li>
          Trigger: <b>{trigger}</b> (formerly {formerTrigger}). Leave both statuses empty
        </li>
        <li>
          Add the action <b>{action}</b>
        </li>
        <li>
          <b>Web request URL</b>:
          <CopyField name="the web request URL" value={setup.url} />
        </li>
        <li>
          <b>Headers</b>: <b>{setup.header.name}</b>, with this value. Tick <b>Hidden</b>
          <CopyField name="the header’s value" value={setup.header.value} hidden={!secretShown} />
        </li>
        <li>
          <b>HTTP method</b>: {method}
        </li>
        <li>
          <b>Web request body</b>: <b>{body}</b>
        </li>
        <li>
          Click <b>Turn on rule</b>
        </li>
      </ol>
      <Text size="sm" c="dimmed" mt="sm">
        With Empty as the body, UserHero cannot know which issue it is about and refuses the request.
      </Text>
    </>
  );
}

function PostFunctionSteps({ setup, siteUrl, secretShown }: WaysProps) {
  return (
    <>
      <ol className="uh-steps">
        <li>
          In Jira, go to <b>Settings → System → WebHooks</b>
          <OpenWebhooks siteUrl={siteUrl} /> and create a WebHook without events
        </li>
        <li>
          <b>URL</b>:
          <CopyField name="the URL of the post function" value={setup.url} />
        </li>
        <li>
          <b>Secret</b>:
          <CopyField name="the secret of the post function" value={setup.secret} hidden={!secretShown} />
        </li>
        <li>
          Edit the project’s workflow. For each transition, open <b>Post functions</b> and click{' '}
          <b>Add post function</b>
        </li>
        <li>
          Choose <b>Trigger a Webhook</b>, then the WebHook
        </li>
        <li>Publish the workflow</li>
      </ol>
      <Text size="sm" c="dimmed" mt="sm">
        Only workflows of company-managed projects have this post function.
      </Text>
    </>
  );
}
