import http from 'node:http';
import https from 'node:https';
import Stripe from 'stripe';

// The SDK repeats a write once when the connection is cut, whatever maxNetworkRetries says. It knows the cut by these codes; with
// another code it leaves the decision to us, who look first.
const CUT = new Set(['ECONNRESET', 'EPIPE']);

function hide(error: unknown): unknown {
  const failure = error as { code?: string };
  if (failure?.code && CUT.has(failure.code)) failure.code = `CUT_${failure.code}`;
  return error;
}

/** Node's HTTP under the SDK, without its hidden repetition and without pooled sockets that may have died. */
export function quietHttpClient(protocol: 'http' | 'https' = 'https') {
  const client = Stripe.createNodeHttpClient(protocol === 'http' ? new http.Agent({ keepAlive: false }) : new https.Agent({ keepAlive: false }));
  const request = client.makeRequest.bind(client);
  client.makeRequest = async (...args) => {
    try {
      const response = await request(...args);
      const read = response.toJSON.bind(response);
      response.toJSON = () => read().catch((error: unknown) => { throw hide(error); });
      return response;
    } catch (error) {
      throw hide(error);
    }
  };
  return client;
}
