using System.Globalization;
using Argosy.Bench;

// load SOCKET VERB ARGUMENTS…: drives a Docker Engine API with nothing but HTTP, so that only the engine is measured.
const string Usage = """
    load SOCKET cycle COUNT PARALLEL     create, start, wait, delete of `busybox true`; prints cycles per second
    load SOCKET start COUNT PARALLEL     starts containers `load-1` to `load-COUNT` (made before, not measured); prints seconds
    load SOCKET remove COUNT PARALLEL    removes them by force; prints seconds
    load SOCKET list SECONDS PARALLEL    GET /containers/json?all=1; prints requests per second
    load SOCKET exec COUNT CONTAINER     exec of `true`, one after the other; prints milliseconds, the median
    load SOCKET network COUNT            creates networks (and removes each again, not measured); prints milliseconds, the median
    load SOCKET connect COUNT NETWORK CONTAINER   connects a running container (and disconnects it, not measured); prints milliseconds, the median
    load SOCKET publish COUNT            starts containers with one published port and without, in turns; prints how many milliseconds more the median is
    load SOCKET ports COUNT              starts one container `ports` with so many published ports; prints seconds
    load SOCKET answered                 waits until the list is answered; prints milliseconds
    """;

if (args.Length < 2)
{
    await Console.Error.WriteLineAsync(Usage);
    return 2;
}
using var engine = new DockerEngine(args[0]);
int Number(int index) => int.Parse(args[index], CultureInfo.InvariantCulture);

if (args[1] == "start")
    await Measure.SecondsAsync(Number(2), 4, number => engine.CreateAsync($"load-{number}", "sleep", "100000"));
double? result = args[1] switch
{
    "cycle" => Number(2) / await Measure.SecondsAsync(Number(2), Number(3), _ => engine.CycleAsync()),
    "start" => await Measure.SecondsAsync(Number(2), Number(3), number => engine.StartAsync($"load-{number}")),
    "remove" => await Measure.SecondsAsync(Number(2), Number(3), number => engine.RemoveAsync($"load-{number}")),
    "list" => await Measure.RateAsync(TimeSpan.FromSeconds(Number(2)), Number(3), engine.ListAsync),
    "exec" => await Measure.MedianAsync(Number(2), () => engine.ExecAsync(args[3])),
    "network" => await Measure.MedianAsync(Number(2), engine.CreateNetworkAsync, engine.RemoveNetworkAsync),
    "connect" => await Measure.MedianAsync(Number(2), () => engine.ConnectAsync(args[3], args[4]), () => engine.DisconnectAsync(args[3], args[4])),
    "publish" => await Publishing.CostAsync(engine, Number(2)),
    "ports" => await Publishing.ManyAsync(engine, "ports", Number(2)),
    "answered" => 1000 * await Measure.UntilAsync(engine.AnswersAsync),
    _ => null,
};
if (result is null)
    await Console.Error.WriteLineAsync(Usage);
else
    Console.WriteLine(result.Value.ToString("F2", CultureInfo.InvariantCulture));
return result is null ? 2 : 0;
