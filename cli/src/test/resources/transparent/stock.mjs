// A service on Node that knows nothing of proxies: it passes the trace on, and no lane.
import http from 'node:http';

const lane = process.argv[2];
http.createServer(async (request, response) => {
  try {
    const reply = await fetch('http://price:8080/', {headers: {traceparent: request.headers.traceparent ?? 'none'}});
    response.end(`stock@${lane} > ${await reply.text()}`);
  } catch (e) {
    response.end(`stock: ${e} ${e.cause}`);
  }
}).listen(8080, () => console.log('ready'));
