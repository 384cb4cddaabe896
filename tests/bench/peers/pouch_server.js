// CouchDB's interface over PouchDB. Words: folder.
const [folder] = process.argv.slice(2);
const PouchDB = require('pouchdb-node').defaults({ prefix: folder + '/' });
const app = require('express')();
app.use('/', require('express-pouchdb')(PouchDB, {
  mode: 'minimumForPouchDB', logPath: folder + '/log.txt', configPath: folder + '/config.json',
}));
const server = app.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port })));
