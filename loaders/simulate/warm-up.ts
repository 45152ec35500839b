import {Agent, request} from "node:http";

const CONNECTIONS = 16;
const ROUNDS = 4;

/** A prompt of usual length. */
const PROMPT = " bako".repeat(512);

function post(url: string, agent: Agent): Promise<void> {
  const body = JSON.stringify({
    messages: [{role: "user", content: [{type: "text", text: PROMPT}]}],
    max_tokens: 64,
    ignore_eos: true,
    stream: true,
    stream_options: {include_usage: true}
  });
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {method: "POST", agent, headers: {"content-type": "application/json"}},
      (answer) => {
        answer.resume();
        answer.on("end", resolve);
        answer.on("error", reject);
      }
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

/**
 * Sends waves of requests through a throw-away server, just as a real one captures its graphs before it serves.
 * Otherwise the first requests of a cold process would be tens of milliseconds late.
 */
export async function warmUp(url: string): Promise<void> {
  const agent = new Agent({keepAlive: true, maxSockets: CONNECTIONS});
  for (let round = 0; round < ROUNDS; round++) {
    await Promise.all(Array.from({length: CONNECTIONS}, () => post(`${url}/v1/chat/completions`, agent)));
  }
  agent.destroy();
}
