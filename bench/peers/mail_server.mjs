// A mail server that takes every mail and keeps none. Prints the port it listens on.
import { SMTPServer } from 'smtp-server';

let taken = 0;
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  logger: false,
  onData(stream, session, done) {
    stream.on('data', () => {});
    stream.on('end', () => {
      taken += 1;
      done();
    });
  },
});
server.on('error', (error) => console.error(error.message));
server.listen(0, '127.0.0.1', () => console.log(server.server.address().port));
process.on('SIGTERM', () => {
  console.error(`${taken} mails taken`);
  process.exit(0);
});
