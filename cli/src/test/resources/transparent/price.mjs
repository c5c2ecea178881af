// What price.go does, where there is no compiler of Go: by another client of Node's.
import http from 'node:http';

const lane = process.argv[2];
http.createServer((request, response) => {
  const headers = {traceparent: request.headers.traceparent ?? 'none'};
  http.get({host: 'tax', port: 8080, headers}, reply => {
    let body = '';
    reply.on('data', data => (body += data)).on('end', () => response.end(`price@${lane} > ${body}`));
  }).on('error', e => response.end(`price: ${e}`));
}).listen(8080, () => console.log('ready'));
