// node bench/address/ask.ts <port> <key> <connections> <seconds>: asks a hub on this machine the questions it is given on standard input.
import { Agent, get } from 'node:http';
import { text } from 'node:stream/consumers';

const [port = '', key = '', connections = '16', seconds = '8'] = process.argv.slice(2);
const questions = JSON.parse(await text(process.stdin)) as string[];
const agent = new Agent({ keepAlive: true, maxSockets: Number(connections) });
const until = performance.now() + Number(seconds) * 1000;
const times: number[] = [];
let next = 0;

const ask = (q: string): Promise<void> =>
  new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, agent, path: `/v1/availability/search?limit=5&q=${encodeURIComponent(q)}`, headers: { authorization: `Bearer ${key}` } }, (reply) => {
      if (reply.statusCode !== 200) reject(new Error(`the hub answered ${reply.statusCode}`));
      reply.resume().on('end', resolve);
    }).on('error', reject);
  });
await Promise.all(Array.from({ length: Number(connections) }, async () => {
  while (performance.now() < until) {
    const from = performance.now();
    await ask(questions[(next += 1) % questions.length]!);
    times.push(performance.now() - from);
  }
}));
agent.destroy();
times.sort((a, b) => a - b);
console.log(JSON.stringify({ answered: times.length, p50Ms: times[times.length >> 1], p99Ms: times[Math.floor(times.length * 0.99)] }));
