// testcontainers for Node, without its reaper, whose image cannot be pulled here.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { GenericContainer, Network, Wait } from 'testcontainers';

const made = [];
async function temporary() {
  made.push(await mkdtemp(join(tmpdir(), 'argosy-compat-')));
  return made.at(-1);
}
after(() => Promise.all(made.map(directory => rm(directory, { recursive: true }))));

const busybox = () => new GenericContainer('busybox:latest');
const serve = body => ['sh', '-c', `mkdir -p /www; echo ${body} > /www/index.html; sleep 0.3; echo it is ready; exec httpd -f -p 8080 -h /www`];

test('a generic container with a random port', async () => {
  const container = await busybox().withCommand(serve('hello')).withExposedPorts(8080).withStartupTimeout(20000).start();
  const answer = await fetch(`http://${container.getHost()}:${container.getMappedPort(8080)}/index.html`);
  assert.equal(await answer.text(), 'hello\n');
  await container.restart({ timeout: 0 });
  await container.stop({ timeout: 0 });
});

test('waits for a log line, HTTP, a command and health', async () => {
  const container = await busybox().withCommand(serve('up')).withExposedPorts(8080)
    .withHealthCheck({ test: ['CMD-SHELL', 'wget -q -O /dev/null http://127.0.0.1:8080/index.html'], interval: 200, timeout: 5000, retries: 20, startPeriod: 100 })
    .withWaitStrategy(Wait.forAll([Wait.forLogMessage(/it is ready/), Wait.forHttp('/index.html', 8080), Wait.forSuccessfulCommand('test -e /www/index.html'), Wait.forHealthCheck()]))
    .withStartupTimeout(20000).start();
  assert.ok(container.getId());
  await container.stop({ timeout: 0 });
  await assert.rejects(busybox().withCommand(['sh', '-c', 'echo never']).withWaitStrategy(Wait.forLogMessage('ready')).withStartupTimeout(3000).start());
});

test('exec with its exit code', async () => {
  const container = await busybox().withCommand(['sleep', '1000']).start();
  const result = await container.exec(['sh', '-c', 'echo out; echo err >&2; pwd; echo $A; exit 5'], { workingDir: '/tmp', env: { A: 'b' }, user: '1000' });
  assert.deepEqual([result.stdout, result.stderr, result.exitCode], ['out\n/tmp\nb\n', 'err\n', 5]);
  await container.stop({ timeout: 0 });
});

test('files copied both ways', async () => {
  const directory = await temporary();
  await writeFile(join(directory, 'one.txt'), 'one');
  const container = await busybox().withCommand(['sh', '-c', 'cat /etc/before; exec sleep 1000'])
    .withCopyContentToContainer([{ content: 'before\n', target: '/etc/before', mode: 0o644 }]).withCopyDirectoriesToContainer([{ source: directory, target: '/tree' }])
    .withWaitStrategy(Wait.forLogMessage('before')).start();
  await container.copyFilesToContainer([{ source: join(directory, 'one.txt'), target: '/tmp/deep/one.txt' }]);
  assert.equal((await container.exec(['cat', '/tree/one.txt', '/tmp/deep/one.txt'])).stdout, 'oneone');
  assert.match(await text(await container.copyArchiveFromContainer('/tmp/deep/one.txt')), /one/);
  await container.stop({ timeout: 0 });
});

test('a network where containers find each other', async () => {
  const network = await new Network().start();
  const server = await busybox().withNetwork(network).withNetworkAliases('server').withCommand(serve('served')).withWaitStrategy(Wait.forLogMessage('it is ready')).start();
  const client = await busybox().withNetwork(network).withCommand(['sleep', '1000']).start();
  const result = await client.exec(['sh', '-c', 'for i in $(seq 100); do wget -q -O - http://server:8080/index.html && exit; sleep 0.1; done; exit 1']);
  assert.deepEqual([result.stdout, result.exitCode], ['served\n', 0]);
  await Promise.all([server.stop({ timeout: 0 }), client.stop({ timeout: 0 })]);
  await network.stop();
});

test('an image from a Dockerfile', async () => {
  const directory = await temporary();
  await writeFile(join(directory, 'Dockerfile'), 'FROM busybox\nARG WHAT\nRUN echo $WHAT > /made\nCMD ["sleep", "1000"]\n');
  const image = await GenericContainer.fromDockerfile(directory).withBuildArgs({ WHAT: 'things' }).build('node-made:1', { deleteOnExit: false });
  const container = await image.start();
  assert.equal((await container.exec(['cat', '/made'])).stdout, 'things\n');
  await container.stop({ timeout: 0 });
});

test('logs, mounts, labels and a tmpfs', async () => {
  const directory = await temporary();
  const container = await busybox().withCommand(['sh', '-c', 'echo said; exec sleep 1000']).withTmpFs({ '/scratch': 'rw' }).withLabels({ a: 'b' })
    .withBindMounts([{ source: directory, target: '/host', mode: 'ro' }]).withUser('1000').withEnvironment({ X: 'y' }).withWaitStrategy(Wait.forLogMessage('said')).start();
  const logs = await container.logs();
  const awake = setInterval(() => {}, 100); // testcontainers lets node end while it waits for logs
  const first = await new Promise(resolve => logs.on('data', resolve));
  clearInterval(awake);
  assert.match(first.toString(), /said/);
  logs.destroy();
  assert.equal((await container.exec(['sh', '-c', 'id -u; ls -d /host; grep -c " /scratch tmpfs" /proc/mounts; echo $X'])).stdout, '1000\n/host\n1\ny\n');
  assert.equal(container.getLabels().a, 'b');
  await container.stop({ timeout: 0 });
});
