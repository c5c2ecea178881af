// Servers that no lane table knows: HTTP, TLS, and one that speaks first.
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';

const name = process.argv[2];
const say = (request, response) => response.end(
  `${name} ${request.headers.host} lane=${request.headers['trace-branch'] ?? '-'} sni=${request.socket.servername ?? '-'}`);
http.createServer(say).listen(8080, '::');
http.createServer(say).listen(8000, '::');
https.createServer({key: fs.readFileSync('key.pem'), cert: fs.readFileSync('cert.pem')}, say).listen(8443, '::');
net.createServer({allowHalfOpen: true}, socket => {
  socket.on('error', () => {});
  socket.write('220 ready\r\n');
  let all = '';
  socket.once('data', () => { socket.pause(); setTimeout(() => socket.resume(), 200); });
  socket.on('data', data => {
    all += data;
    if (String(data).startsWith('hello')) socket.write('250 ok\r\n');
  });
  socket.on('end', () => socket.end(`got ${all.length}\r\n`));
}).listen(2525, '::', () => console.log('ready'));
