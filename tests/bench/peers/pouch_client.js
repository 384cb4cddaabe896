// PouchDB as a client that is told by lines what to do. Words: folder name url.
const crypto = require('crypto'), readline = require('readline');
const [folder, name, url] = process.argv.slice(2);
const PouchDB = require('pouchdb-node').defaults({ prefix: folder + '/' });
const WORDS = ['pump', 'seal', 'replaced', 'valve', 'leak', 'transit', 'damage', 'serial'];
const own = new PouchDB(name), hub = new PouchDB(url);
const key = i => 't' + String(i).padStart(8, '0');

function text(i, size = 440) {
  const chance = crypto.createHash('sha256').update(String(i)).digest('hex').repeat(4);
  const words = Array.from({ length: 40 }, (_, k) => WORDS[(i + k) % 8]).join(' ');
  return `${chance} ${words}`.padEnd(size).slice(0, size);
}

const doer = {
  async add(count) {
    for (let from = 0; from < +count; from += 1000) {
      const docs = [];
      for (let i = from; i < Math.min(+count, from + 1000); i++) {
        docs.push({ _id: key(i), kind: 'ticket', title: `rec ${i}`, words: text(i) });
      }
      await own.bulkDocs(docs);
    }
    return {};
  },
  async edit() {
    const doc = await own.get(key(5));
    await own.put({ ...doc, title: `changed ${Date.now()}` });
    return {};
  },
  async push() { return { docs: (await own.replicate.to(hub)).docs_written }; },
  async pull() { return { docs: (await own.replicate.from(hub)).docs_written }; },
  async count() { return { rows: (await own.info()).doc_count }; },
};

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [word, ...rest] = line.split(' ');
    const begun = performance.now();
    const answer = await doer[word](...rest);
    console.log(JSON.stringify({ ...answer, seconds: (performance.now() - begun) / 1000 }));
  }
  process.exit(0);
})();
