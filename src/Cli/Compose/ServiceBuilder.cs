using System.Text;
using Argosy.Cli.Build;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Registry;
using Argosy.Cli.Session;
using Argosy.Client;
using Argosy.Contract.Stacks;

namespace Argosy.Cli.Compose;

/// <summary>Builds the images of services; the client has their contexts.</summary>
internal sealed class ServiceBuilder(CliSession session, StackSpec spec)
{
    /// <summary>Overrides every service's own wishes.</summary>
    public bool NoCache { get; init; }

    /// <inheritdoc cref="NoCache"/>
    public bool Pull { get; init; }

    public bool IsQuiet { get; init; }

    /// <summary>Values over the services' own arguments.</summary>
    public IReadOnlyDictionary<string, string?> Arguments { get; init; } = new Dictionary<string, string?>();

    /// <summary>Builds what is missing for these services (none named is all); with <paramref name="force"/> everything that has a build section.</summary>
    public async Task EnsureAsync(IReadOnlyList<string> services, bool withDependencies, bool force, CancellationToken cancellationToken)
    {
        var built = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in Selected(services, withDependencies))
        {
            StackService service = spec.Services[name];
            // Services may share an image: it is built once.
            if (service.Build is not null && built.Add(Image(name)) && (force || service.PullPolicy == "build" || !await ExistsAsync(Image(name), cancellationToken)))
                await BuildAsync(name, service.Build, cancellationToken);
        }
    }

    /// <summary>Builds exactly these services, or all.</summary>
    public async Task BuildAsync(IReadOnlyList<string> services, CancellationToken cancellationToken)
    {
        foreach (string name in services.Where(name => !spec.Services.ContainsKey(name)))
            throw new CliException($"no such service: {name}");
        var built = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string name, StackService service) in spec.Services.Where(entry => services.Count == 0 || services.Contains(entry.Key)))
        {
            if (service.Build is not null && built.Add(Image(name)))
                await BuildAsync(name, service.Build, cancellationToken);
        }
    }

    private async Task BuildAsync(string name, StackBuild build, CancellationToken cancellationToken)
    {
        await session.Error.WriteLineAsync($" Image {Image(name)}  Building");
        await using BuildContext context = build.DockerfileInline is { } inline
            ? BuildContext.OpenInline(build.Context, Encoding.UTF8.GetBytes(inline))
            : BuildContext.Open(build.Context, build.Dockerfile is { } file ? Path.Combine(build.Context, file) : null, session.Streams.Input);
        BuildOptions options = Options(name, build) with
        {
            Dockerfile = context.Dockerfile,
            Credentials = await CredentialStore.Open(session.Global).HeaderForBuildAsync(cancellationToken),
        };
        using var held = new StringWriter();
        var printer = new ProgressPrinter(session, IsQuiet ? held : session.Out);
        try
        {
            await context.SendAsync(archive => printer.PrintAsync(session.Client.Images.BuildAsync(archive, options, cancellationToken), cancellationToken), cancellationToken);
        }
        catch (CliException failure)
        {
            await session.Error.WriteAsync(held.ToString());
            throw new CliException($"failed to build service \"{name}\": {failure.Message}", BuildFailed);
        }
        await session.Error.WriteLineAsync($" Image {Image(name)}  Built");
    }

    /// <summary>Docker Compose's exit code for a failed build.</summary>
    private const int BuildFailed = 17;

    private BuildOptions Options(string name, StackBuild build)
    {
        if (build.Platforms.Count > 1)
            throw new CliException($"services.{name}.build.platforms: more than one platform is not supported");
        var arguments = build.Args.ToDictionary(entry => entry.Key, entry => entry.Value ?? Environment.GetEnvironmentVariable(entry.Key));
        foreach ((string key, string? value) in Arguments)
            arguments[key] = value;
        return new BuildOptions
        {
            Tags = [Image(name), .. build.Tags],
            Arguments = BuildFlags.WithSourceDate(arguments, Environment.GetEnvironmentVariable),
            Labels = build.Labels.ToDictionary(entry => entry.Key, string? (entry) => entry.Value),
            Target = build.Target,
            NoCache = NoCache || (build.NoCache ?? false),
            Pull = Pull || (build.Pull ?? false),
            Network = build.Network,
            Platform = (build.Platforms is [var platform, ..] ? platform : null) ?? spec.Services[name].Platform,
            CacheFrom = CacheFrom(name, build),
            ExtraHosts = [.. build.ExtraHosts.Select(host => host.Replace('=', ':'))],
            ShmSize = build.ShmSize ?? 0,
        };
    }

    private static List<string> CacheFrom(string name, StackBuild build)
    {
        var caches = CacheFlags.Parse(build.CacheFrom, []);
        return caches.IsHandedOver ? throw new CliException($"services.{name}.build.cache_from: only images and caches in registries are supported") : caches.References;
    }

    private async Task<bool> ExistsAsync(string image, CancellationToken cancellationToken)
    {
        try
        {
            await session.Client.Images.InspectAsync(image, cancellationToken);
            return true;
        }
        catch (ApiException refusal) when (refusal.StatusCode == global::System.Net.HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private string Image(string name) => spec.Services[name].Image ?? $"{spec.Name}-{name}";

    /// <summary>In the order of the file, each once.</summary>
    private IEnumerable<string> Selected(IReadOnlyList<string> named, bool withDependencies)
    {
        if (named.Count == 0)
            return spec.Services.Keys;
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in named)
            Add(name);
        return spec.Services.Keys.Where(wanted.Contains);

        void Add(string name)
        {
            if (!spec.Services.TryGetValue(name, out StackService? service))
                throw new CliException($"no such service: {name}");
            if (!wanted.Add(name) || !withDependencies)
                return;
            foreach (string dependency in service.DependsOn.Keys.Where(spec.Services.ContainsKey))
                Add(dependency);
        }
    }
}
