using System.Text;
using Argosy.Cli.CommandLine;
using Argosy.Client;

namespace Argosy.Cli.Build;

/// <summary>What <c>argosy build</c> hands the engine before the build itself: secrets, contexts beside the main one, stages that are built anew.</summary>
internal sealed class BuildHandover : IAsyncDisposable
{
    /// <summary><c>id=NAME[,src=FILE][,env=VARIABLE]</c>.</summary>
    public required IReadOnlyList<string> Secrets { get; init; }

    /// <summary><c>NAME=DIRECTORY</c> or <c>NAME=docker-image://REFERENCE</c>.</summary>
    public required IReadOnlyList<string> Contexts { get; init; }

    /// <summary>Names or numbers.</summary>
    public required IReadOnlyList<string> NoCacheStages { get; init; }

    /// <summary>Caches.</summary>
    public required CacheFlags Caches { get; init; }

    /// <summary>SSH agents to lend.</summary>
    public IReadOnlyList<AgentForwarder> Agents { get; init; } = [];

    /// <param name="images">The engine.</param>
    /// <param name="error">Where it is said what was left out.</param>
    /// <param name="serving">Takes what lends an agent: it goes on while the build runs.</param>
    /// <param name="cancellationToken">Ends it all.</param>
    /// <returns>The session's id; null when there is nothing to hand over: then any engine will do.</returns>
    public async Task<string?> SendAsync(ImagesClient images, TextWriter error, ICollection<Task> serving, CancellationToken cancellationToken)
    {
        if (Secrets.Count + Contexts.Count + NoCacheStages.Count + Agents.Count == 0 && !Caches.IsHandedOver)
            return null;
        // All is read before the first request: a mistake in the second must not leave the first at the engine.
        (string Id, byte[] Value)[] secrets = [.. Secrets.Select(ReadSecret)];
        (string Name, string Place)[] contexts = [.. Contexts.Select(SplitContext)];
        foreach (AgentForwarder agent in Agents)
            await agent.PrepareAsync(cancellationToken);
        string session = await images.BeginBuildAsync(NoCacheStages, Caches.Targets, cancellationToken);
        foreach ((string id, byte[] value) in secrets)
            await images.AddBuildSecretAsync(session, id, value, cancellationToken);
        foreach ((string name, string place) in contexts)
            await SendContextAsync(images, session, name, place, cancellationToken);
        await Caches.SendAsync(images, session, error, cancellationToken);
        foreach (AgentForwarder agent in Agents)
            serving.Add(await agent.StartAsync(images, session, cancellationToken));
        return session;
    }

    /// <summary>Ends the agents that were started for it; the build is over.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (AgentForwarder agent in Agents)
            await agent.DisposeAsync();
    }

    /// <summary>Docker's rules: without a source it is the variable of that name, or else the file.</summary>
    internal static (string Id, byte[] Value) ReadSecret(string text)
    {
        string? id = null, file = null, variable = null;
        foreach (string field in text.Split(','))
        {
            string[] pair = field.Split('=', 2);
            string value = pair.Length == 2 ? pair[1] : throw new CliException($"invalid secret \"{text}\": invalid field '{field}' must be a key=value pair");
            switch (pair[0].ToLowerInvariant())
            {
                case "id":
                    id = value;
                    break;
                case "src" or "source":
                    file = value;
                    break;
                case "env":
                    variable = value;
                    break;
                case "type" when value is "file" or "env":
                    break;
                default:
                    throw new CliException($"invalid secret \"{text}\": unexpected key or value in '{field}'");
            }
        }
        if (string.IsNullOrEmpty(id))
            throw new CliException($"invalid secret \"{text}\": id is missing");
        if (file is null && Environment.GetEnvironmentVariable(variable ?? id) is { } found)
            return (id, Encoding.UTF8.GetBytes(found));
        if (variable is not null && file is null)
            throw new CliException($"secret {id}: the variable {variable} is not set");
        file ??= id;
        return File.Exists(file) ? (id, File.ReadAllBytes(file)) : throw new CliException($"secret {id}: {file}: no such file");
    }

    private static (string Name, string Place) SplitContext(string text)
    {
        string[] pair = text.Split('=', 2);
        if (pair.Length < 2 || pair[0].Length == 0 || pair[1].Length == 0)
            throw new CliException($"invalid context value: {text}, expected key=value");
        bool isImage = pair[1].StartsWith("docker-image://", StringComparison.Ordinal);
        if (!isImage && pair[1].Contains("://", StringComparison.Ordinal))
            throw new CliException($"--build-context {text}: only directories and docker-image:// are supported");
        if (!isImage && !Directory.Exists(pair[1]))
            throw new CliException($"--build-context {text}: {pair[1]} is not a directory");
        return (pair[0], pair[1]);
    }

    private static async Task SendContextAsync(ImagesClient images, string session, string name, string place, CancellationToken cancellationToken)
    {
        if (place.StartsWith("docker-image://", StringComparison.Ordinal))
        {
            await images.AddBuildImageAsync(session, name, place["docker-image://".Length..], cancellationToken);
            return;
        }
        await using BuildContext context = BuildContext.OpenDirectory(place);
        await context.SendAsync(archive => images.AddBuildContextAsync(session, name, archive, cancellationToken), cancellationToken);
    }
}
