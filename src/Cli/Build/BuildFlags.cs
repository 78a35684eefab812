using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Syntax;
using Argosy.Client;

namespace Argosy.Cli.Build;

/// <summary>The options of <c>argosy build</c>.</summary>
internal sealed class BuildFlags
{
    private const string SourceDate = "SOURCE_DATE_EPOCH";

    private readonly Option<string[]> tags = Flag.List("--tag", "Name and optionally a tag in the \"name:tag\" format", "-t");
    private readonly Option<string[]> arguments = Flag.List("--build-arg", "Set build-time variables");
    private readonly Option<string[]> labels = Flag.List("--label", "Set metadata for an image");
    private readonly Option<string?> target = Flag.Text("--target", "Set the target build stage to build.");
    private readonly Option<bool> noCache = Flag.Bool("--no-cache", "Do not use cache when building the image");
    private readonly Option<bool> pull = Flag.Bool("--pull", "Always attempt to pull a newer version of the image");
    private readonly Option<string?> network = Flag.Text("--network", "Set the networking mode for the RUN instructions during build (default \"default\")");
    private readonly Option<string?> platform = Flag.Text("--platform", "Set platform if server is multi-platform capable");
    private readonly Option<string[]> cacheFrom = Flag.List("--cache-from", "strings", "External cache sources (e.g., \"user/app:cache\", \"type=local,src=path/to/dir\")", []);
    private readonly Option<string[]> cacheTo = Flag.List("--cache-to", "strings", "Cache export destinations (e.g., \"user/app:cache\", \"type=local,dest=path/to/dir\")", []);
    private readonly Option<string[]> extraHosts = Flag.List("--add-host", "Add a custom host-to-IP mapping (\"host:ip\")");
    private readonly Option<bool> squash = Flag.Bool("--squash", "Squash newly built layers into a single new layer");
    private readonly Option<bool?> remove = new("--rm") { Description = "Remove intermediate containers after a successful build (default true)" };
    private readonly Option<bool> forceRemove = Flag.Bool("--force-rm", "Always remove intermediate containers");
    private readonly Option<string?> memory = Flag.Text("--memory", "bytes", "Memory limit", ["-m"]);
    private readonly Option<string?> memorySwap = Flag.Text("--memory-swap", "bytes", "Swap limit equal to memory plus swap: -1 to enable unlimited swap", []);
    private readonly Option<string?> shmSize = Flag.Text("--shm-size", "bytes", "Size of \"/dev/shm\"", []);
    private readonly Option<long?> cpuShares = Flag.Long("--cpu-shares", "CPU shares (relative weight)", "-c");

    private readonly Option<string[]> secrets = Flag.List("--secret", "Secret to expose to the build (\"id=mysecret[,src=/local/secret|,env=VARIABLE]\")");
    private readonly Option<string[]> agents = Flag.List("--ssh", "SSH agent socket or keys to expose to the build (format: \"default|<id>[=<socket>|<key>[,<key>]]\")");
    private readonly Option<string[]> contexts = Flag.List("--build-context", "Additional build contexts (e.g., \"name=path\")");
    private readonly Option<string[]> noCacheStages = Flag.List("--no-cache-filter", "Do not cache specified stages");
    private readonly Option<string[]> outputs = Flag.List("--output", "Output destination (\"type=local,dest=path\"): local, tar, oci, docker, image or registry", "-o");
    private readonly Option<bool> push = Flag.Bool("--push", "Shorthand for \"--output=type=registry\"");

    public Option<bool> Check { get; } = Flag.Bool("--check", "Shorthand for \"--call=check\"");

    public Option<string?> Call { get; } = Flag.Text("--call", "Set method for evaluating build (\"build\", \"check\", \"check,format=json\") (default \"build\")");

    public Option<bool> Quiet { get; } = Flag.Bool("--quiet", "Suppress the build output and print image ID on success", "-q");

    public Option<string?> Progress { get; } = Flag.Text("--progress", "Set type of progress output (\"auto\", \"plain\", \"tty\", \"rawjson\"). Use plain to show container output (default \"auto\")");

    public Option<string?> MetadataFile { get; } = Flag.Text("--metadata-file", "Write build result metadata to a file");

    public Option<string?> File { get; } = Flag.Text("--file", "Name of the Dockerfile (Default is \"PATH/Dockerfile\")", "-f");

    public Option<string?> IdFile { get; } = Flag.Text("--iidfile", "Write the image ID to the file");

    public IReadOnlyList<Option> All =>
    [
        tags, arguments, labels, target, noCache, pull, Quiet, network, platform, cacheFrom, cacheTo, extraHosts, squash, remove, forceRemove,
        memory, memorySwap, shmSize, cpuShares, secrets, agents, contexts, noCacheStages, Progress, outputs, push, MetadataFile, File, IdFile, Check, Call,
    ];

    /// <summary>Caches of both directions.</summary>
    private CacheFlags ToCaches(Invocation line) => CacheFlags.Parse(line.GetAll(cacheFrom), line.GetAll(cacheTo));

    public IReadOnlyList<BuildResultFiles> ToOutputs(Invocation line)
    {
        BuildResultFiles[] asked = [.. line.GetAll(outputs).Select(BuildResultFiles.Parse)];
        return line.Get(push) ? [.. asked, BuildResultFiles.Parse("type=registry")] : asked;
    }

    public BuildHandover ToHandover(Invocation line) => new()
    {
        Caches = ToCaches(line),
        Secrets = line.GetAll(secrets),
        Contexts = line.GetAll(contexts),
        Agents = [.. line.GetAll(agents).Select(AgentForwarder.Parse)],
        NoCacheStages = [.. line.GetAll(noCacheStages).SelectMany(value => value.Split(','))],
    };

    /// <summary>A check asks which names are contexts, and for nothing else.</summary>
    public BuildHandover ToCheckHandover(Invocation line) => new() { Caches = CacheFlags.Parse([], []), Secrets = [], Contexts = line.GetAll(contexts), NoCacheStages = [] };

    public BuildOptions ToOptions(Invocation line, Func<string, string?> look) => new()
    {
        Tags = line.GetAll(tags),
        Arguments = WithInlineCache(line, WithSourceDate(Map(line.GetAll(arguments), look), look)),
        Labels = Map(line.GetAll(labels), _ => ""),
        Target = line.Get(target),
        NoCache = line.Get(noCache),
        Pull = line.Get(pull),
        Quiet = line.Get(Quiet),
        Network = line.Get(network),
        Platform = line.Get(platform),
        CacheFrom = ToCaches(line).References,
        ExtraHosts = line.ReadAll(extraHosts, HostSyntax.ParseExtraHost),
        Squash = line.Get(squash),
        Remove = line.Get(remove) ?? true,
        ForceRemove = line.Get(forceRemove),
        Memory = line.Read(memory, ByteSize.Parse, 0),
        MemorySwap = line.Read(memorySwap, HostSyntax.ParseSwap, 0),
        ShmSize = line.Read(shmSize, ByteSize.Parse, 0),
        CpuShares = line.Get(cpuShares) ?? 0,
    };

    /// <summary>The engine's parameters know an image that keeps its cache by the argument of BuildKit's older clients.</summary>
    private Dictionary<string, string?> WithInlineCache(Invocation line, Dictionary<string, string?> arguments)
    {
        if (ToCaches(line).IsInline)
            arguments["BUILDKIT_INLINE_CACHE"] = "1";
        return arguments;
    }

    /// <summary>As buildx: the time of a reproducible build comes from the environment, unless it is given.</summary>
    internal static Dictionary<string, string?> WithSourceDate(Dictionary<string, string?> arguments, Func<string, string?> look)
    {
        if (look(SourceDate) is { Length: > 0 } time)
            arguments.TryAdd(SourceDate, time);
        return arguments;
    }

    /// <summary>A name alone takes the value that <paramref name="look"/> finds, which may be none.</summary>
    private static Dictionary<string, string?> Map(IReadOnlyList<string> entries, Func<string, string?> look)
    {
        var map = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (string entry in entries)
        {
            int equals = entry.IndexOf('=', StringComparison.Ordinal);
            map[equals < 0 ? entry : entry[..equals]] = equals < 0 ? look(entry) : entry[(equals + 1)..];
        }
        return map;
    }
}
