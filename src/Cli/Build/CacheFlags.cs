using Argosy.Cli.Archives;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Syntax;
using Argosy.Client;
using Argosy.Contract.Build;
using Argosy.Linux.Archives;

namespace Argosy.Cli.Build;

/// <summary><c>--cache-from</c> and <c>--cache-to</c> as buildx writes them: a name, or <c>type=registry,ref=…</c>, <c>type=local,src=…|dest=…</c>, <c>type=inline</c>.</summary>
internal sealed class CacheFlags
{
    private readonly List<string> directories = [];
    private readonly List<(BuildCacheTarget Target, string? Directory)> targets = [];

    private CacheFlags()
    {
    }

    /// <summary>Images and caches that the engine looks for.</summary>
    public List<string> References { get; } = [];

    /// <summary>True when the image is to keep its cache.</summary>
    public bool IsInline { get; private set; }

    /// <summary>Whether there is anything that the engine has to be told before the build.</summary>
    public bool IsHandedOver => directories.Count + targets.Count > 0;

    /// <summary>Where the engine exports to.</summary>
    public IReadOnlyList<BuildCacheTarget> Targets => [.. targets.Select(target => target.Target)];

    /// <exception cref="CliException">An entry that is not understood.</exception>
    public static CacheFlags Parse(IReadOnlyList<string> from, IReadOnlyList<string> to)
    {
        var flags = new CacheFlags();
        foreach (string entry in from)
            flags.AddSource(entry);
        foreach (string entry in to)
            flags.AddTarget(entry);
        return flags;
    }

    /// <summary>Hands the directories over. One that is not there yet is no mistake: the first build of all makes it.</summary>
    public async Task SendAsync(ImagesClient images, string session, TextWriter error, CancellationToken cancellationToken)
    {
        foreach (string directory in directories)
        {
            if (!File.Exists(Path.Combine(directory, "index.json")))
            {
                await error.WriteLineAsync($"WARNING: local cache import at {directory} not found");
                continue;
            }
            await using BuildContext archive = BuildContext.OpenDirectory(directory);
            await archive.SendAsync(stream => images.AddBuildCacheAsync(session, directory, stream, cancellationToken), cancellationToken);
        }
    }

    /// <summary>Fetches what was exported to this side, after the build.</summary>
    public async Task FetchAsync(ImagesClient images, string? session, CancellationToken cancellationToken)
    {
        if (session is null || targets.TrueForAll(target => target.Directory is null))
            return;
        for (int number = 0; number < targets.Count; number++)
        {
            if (targets[number].Directory is not { } directory)
                continue;
            await using Stream archive = await images.OpenBuildCacheAsync(session, number, cancellationToken);
            await Task.Run(() => Extract(archive, directory, cancellationToken), cancellationToken);
        }
        await images.EndBuildAsync(session, cancellationToken);
    }

    private void AddSource(string entry)
    {
        if (!entry.Contains('=', StringComparison.Ordinal))
        {
            References.AddRange(entry.Split(','));
            return;
        }
        Dictionary<string, string> fields = Fields("--cache-from", entry, out string type);
        if (type == "registry")
            References.Add(Take(fields, "ref", entry));
        else if (type == "local")
            directories.Add(Take(fields, "src", entry));
        else
            throw new CliException($"--cache-from {entry}: the type is registry or local");
        if (fields.Count > 0)
            throw new CliException($"--cache-from {entry}: '{fields.Keys.First()}' is not supported");
    }

    private void AddTarget(string entry)
    {
        if (!entry.Contains('=', StringComparison.Ordinal))
        {
            targets.Add((new BuildCacheTarget { Type = "registry", Attrs = new Dictionary<string, string> { ["ref"] = entry } }, null));
            return;
        }
        Dictionary<string, string> fields = Fields("--cache-to", entry, out string type);
        if (type == "inline" && fields.Count == 0)
            IsInline = true;
        else if (type == "local")
            // The directory is this side's affair.
            targets.Add((new BuildCacheTarget { Type = type, Attrs = fields }, Take(fields, "dest", entry)));
        else if (type == "registry")
            targets.Add((new BuildCacheTarget { Type = type, Attrs = fields }, null));
        else
            throw new CliException($"--cache-to {entry}: the type is registry, local or inline (without more)");
    }

    private static Dictionary<string, string> Fields(string option, string entry, out string type)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string key, string value, bool hasValue) in CommaFields.Parse(entry))
            fields[key] = hasValue ? value : throw new CliException($"{option} {entry}: invalid value {key}, expected key=value");
        type = fields.Remove("type", out string? given) ? given : throw new CliException($"{option} {entry}: type required");
        return fields;
    }

    private static string Take(Dictionary<string, string> fields, string key, string entry) =>
        fields.Remove(key, out string? value) && value.Length > 0 ? value : throw new CliException($"{entry}: {key} is missing");

    private static void Extract(Stream archive, string directory, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        TarExtractor.Extract(archive, directory, new ExtractOptions { Links = LinkPolicy.ResolveInRoot, KeepRoot = true, Owner = Unpacking.Self }, cancellationToken);
    }
}
