import {
  ApiError,
  AuthError,
  ForbiddenError,
  NetworkError,
  NotFoundError,
  RateLimitError,
} from 'jira.js/core';
import { describe, expect, it } from 'vitest';
import { CallTimeout } from '../http-client.ts';
import { GrantUnusable, rejection, toJiraFailure, WebhookRefused } from './jira-failure.ts';

const refused = (errors: Record<string, unknown>, errorMessages: unknown[] = []) =>
  rejection(400, { errorMessages, errors }, null);

describe('each field that Jira names has a remedy of its own:', () => {
  const cases: [string, string, RegExp][] = [
    ['project', 'Specify a valid project ID or key', /account may create issues in this project/],
    ['pid', 'project is required', /account may create issues in this project/],
    ['issuetype', 'The issue type selected is invalid.', /default issue type settings/],
    ['issuetype', 'Issue type is a sub-task but parent issue key or id not specified.', /another issue type/],
    ['parentId', 'Could not find valid id or key.', /another issue type/],
    ['parent', 'data was not an object', /another issue type/],
    ['priority', 'The priority selected is invalid.', /priority mapping/],
    ['summary', 'You must specify a summary of the issue.', /Change the item's title/],
    ['summary', 'Summary must be less than 255 characters.', /Shorten the item's title/],
    ['description', 'CONTENT_LIMIT_EXCEEDED', /Shorten the item's description/],
    ['description', 'INVALID_INPUT', /Simplify the formatting/],
    ['description', 'Operation value must be an Atlassian Document', /Simplify the formatting/],
    ['description', 'The description is required.', /Change the item's description/],
    ['reporter', 'The reporter specified is not a user.', /"Modify Reporter"/],
    ['assignee', "User 'x' cannot be assigned issues.", /"Assign Issues"/],
    ['security', 'You do not have the permission.', /"Set Issue Security"/],
    ['resolution', 'Field Resolution is required.', /transition/],
    ['timetracking', 'Original Estimate is required.', /no value for it/],
    ['labels', "The label 'a b' contains spaces.", /fixed value/],
    ['components', 'Component/s is required.', /fixed value/],
    ['fixVersions', 'Fix Version/s is required.', /fixed value/],
    ['versions', 'Affects Version/s is required.', /fixed value/],
    ['duedate', 'Due Date is required.', /fixed value/],
    ['environment', 'Environment is required.', /fixed value/],
    ['customfield_10070', 'Team is required.', /fixed value/],
    [
      'customfield_10070',
      "Field 'customfield_10070' cannot be set. It is not on the appropriate screen, or unknown.",
      /New issues/,
    ],
    ['com.example.app__thing', 'Thing is required.', /"com\.example\.app__thing"/],
  ];
  it.each(cases)('%s: %s', (field, message, remedy) => {
    const problem = refused({ [field]: message });
    expect(problem).toMatchObject({ code: 'jira_rejected', errors: [{ field, message }] });
    expect(problem.remedy).toMatch(remedy);
    if (field !== 'issuetype' && field !== 'project')
      expect(problem.remedy).not.toMatch(/issue type settings/);
  });

  it('several at once: each remedy once, at most three', () => {
    const { remedy } = refused({
      customfield_1: 'A is required.',
      customfield_2: 'B is required.',
      priority: 'No.',
    });
    expect(remedy?.match(/fixed value/g)).toHaveLength(1);
    expect(remedy).toMatch(/priority mapping/);
  });
});

describe('a refusal without fields', () => {
  it('finds the field that the sentence names', () => {
    const { remedy } = refused({}, [
      "Field 'priority' cannot be set. It is not on the appropriate screen, or unknown.",
    ]);
    expect(remedy).toMatch(/priority mapping/);
  });

  it.each([
    ['CONTENT_LIMIT_EXCEEDED', 'The text is longer than Jira allows.', /Shorten/],
    ['INVALID_INPUT', 'Jira does not accept the formatting of the text.', /Simplify/],
  ])('says %s in words', (code, detail, remedy) => {
    expect(refused({}, [code])).toMatchObject({ detail, remedy: expect.stringMatching(remedy) });
    expect(rejection(400, { code, message: code }, null).detail).toBe(detail);
  });

  it.each([
    [409, /same moment/],
    [410, /no longer offers/],
    [413, /larger than Jira accepts/],
    [418, /\(418\)/],
  ])('of status %i alone still says what happened', (status, detail) => {
    const problem = rejection(status, '<html><body>Sorry</body></html>', null);
    expect(problem.detail).toMatch(detail);
    expect(problem.remedy).not.toBe('');
  });
});

describe('what Jira says is quoted', () => {
  it('as one bounded line of plain text', () => {
    const { detail } = refused({}, [`<b>No</b>\u0000\n way ${'x'.repeat(5_000)}`]);
    expect(detail).toMatch(/^No way x+…$/);
    expect(detail.length).toBeLessThanOrEqual(300);
  });

  it('from any form of body, and never fails on one', () => {
    for (const body of [
      null,
      7,
      [],
      '',
      {},
      { errors: [] },
      { errorMessages: 'x' },
      { errors: { a: { b: 1 } } },
    ])
      expect(rejection(400, body, null).detail).toBe('Jira refused the request (400).');
    expect(refused({ labels: ['One.', 'Two.'] }).detail).toBe('One. Two.');
    expect(rejection(400, { title: 'Bad Request', detail: 'No such thing.' }, null).detail).not.toContain(
      '(400)',
    );
  });

  it('with no more fields than anybody reads', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`customfield_${n}`, 'Required.']));
    expect(refused(many).errors?.length).toBe(20);
  });
});

describe('a refusal of the account or the app', () => {
  it.each([
    ['The app is blocked by your administrator.', /allow the UserHero app/],
    ['The IP address has been rejected because it is not allowed.', /IP allowlist/],
    ['You do not have permission to create issues in this project.', /project admin access/],
  ])('%s', (message, remedy) => {
    const { problem, doubtful } = toJiraFailure(
      new ForbiddenError('403', 'Forbidden', { code: 403, message }),
    );
    expect([problem.code, problem.detail, doubtful]).toEqual(['jira_forbidden', message, false]);
    expect(problem.remedy).toMatch(remedy);
  });

  it('with a page of HTML quotes none of it', () => {
    for (const error of [
      new ForbiddenError('403', 'Forbidden', '<html>'),
      new NotFoundError('404', 'Not Found', '<!doctype html><p>x</p>'),
      new AuthError('401', 'Unauthorized', '<html>'),
      new ApiError('502', 502, 'Bad Gateway', '<html>nginx</html>'),
    ])
      expect(toJiraFailure(error).problem.detail).not.toMatch(/[<>]|nginx/);
  });

  it('of status 408 may have been carried out', () => {
    const { problem, doubtful } = toJiraFailure(new ApiError('408', 408, 'Request Timeout', ''));
    expect([problem.code, doubtful]).toEqual(['jira_unavailable', true]);
  });
});

describe('a failure says whether time mends it, and whether Jira may have done what was asked:', () => {
  it.each<[string, unknown, { code: string; temporary?: true; doubtful: boolean }]>([
    ['no answer in time', new CallTimeout(), { code: 'jira_unavailable', temporary: true, doubtful: true }],
    [
      'a broken gateway',
      new ApiError('502', 502, 'Bad Gateway', ''),
      { code: 'jira_unavailable', temporary: true, doubtful: true },
    ],
    [
      'a connection that was never made',
      new NetworkError('refused', { cause: null, code: 'ECONNREFUSED', transient: true }),
      { code: 'jira_unavailable', temporary: true, doubtful: false },
    ],
    [
      'an error that nobody knows',
      new Error('?'),
      { code: 'jira_unavailable', temporary: true, doubtful: true },
    ],
    [
      'a field that is refused',
      new ApiError('400', 400, 'Bad Request', {}),
      { code: 'jira_rejected', doubtful: false },
    ],
    [
      'a refused account',
      new ForbiddenError('403', 'Forbidden', {}),
      { code: 'jira_forbidden', doubtful: false },
    ],
    [
      'a refused token',
      new AuthError('401', 'Unauthorized', {}),
      { code: 'jira_unauthorized', doubtful: false },
    ],
    ['a webhook that is refused', new WebhookRefused(['No.']), { code: 'jira_rejected', doubtful: false }],
    [
      'a grant that has ended',
      new GrantUnusable({ code: 'needs_reauth', detail: 'Ended.' }),
      { code: 'needs_reauth', doubtful: false },
    ],
  ])('%s', (_what, error, expected) => {
    const { problem, doubtful } = toJiraFailure(error);
    const { code, temporary } = problem;
    expect({ code, ...(temporary ? { temporary } : {}), doubtful }).toEqual(expected);
  });

  it('a limit, with when to try again', () => {
    const { problem } = toJiraFailure(
      new RateLimitError('429', 'Too Many Requests', {}, { retryAfterMs: 2_400 }),
    );
    expect(problem).toMatchObject({ code: 'jira_rate_limited', temporary: true, retryAfterSeconds: 3 });
  });
});
