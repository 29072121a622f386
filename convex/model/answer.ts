/** Answers of HTTP actions, in the form that the API has everywhere: see app/errors.py. */

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", ...headers } });
}

export function refusal(status: number, code: string, message: string): Response {
  return json(status, { error: { code, message } });
}
