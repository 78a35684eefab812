using Argosy.Client.Transport;
using Argosy.Contract.Build;
using Argosy.Contract.Progress;

namespace Argosy.Client;

/// <remarks>Builds, with what Argosy's engine takes beside Docker's parameters.</remarks>
public sealed partial class ImagesClient
{
    /// <summary>Builds an image.</summary>
    /// <param name="context">A tar archive of the build context.</param>
    /// <param name="options">What to build and how.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    public IAsyncEnumerable<ProgressMessage> BuildAsync(Stream context, BuildOptions options, CancellationToken cancellationToken = default)
    {
        Dictionary<string, string> headers = Headers(options);
        if (options.Traces)
            headers[BuildStatus.Header] = "1";
        return ProgressAsync(options.ToQuery().ToString(), EngineTransport.Tar(context), headers, cancellationToken);
    }

    /// <summary>Checks a Dockerfile, and builds nothing. Only Argosy's engine knows it.</summary>
    /// <param name="context">A tar archive with the Dockerfile and .dockerignore; what else is in it does not count.</param>
    /// <param name="options">What would be built and how.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<BuildCheckResult> CheckBuildAsync(Stream context, BuildOptions options, CancellationToken cancellationToken = default) => transport.PostAsync(
        options.ToQuery("/argosy/builds/check").ToString(), BuildJson.Default.BuildCheckResult, cancellationToken, EngineTransport.Tar(context), Headers(options));

    /// <summary>Begins handing over what belongs to one build; <see cref="BuildOptions.Session"/> takes it. Only Argosy's engine knows it.</summary>
    /// <param name="noCacheStages">Stages for which results of earlier builds are not used.</param>
    /// <param name="cacheTo">Where the cache is exported to.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The session's id.</returns>
    public async Task<string> BeginBuildAsync(IReadOnlyList<string> noCacheStages, IReadOnlyList<BuildCacheTarget> cacheTo, CancellationToken cancellationToken = default) =>
        (await transport.PostAsync(
            "/argosy/builds", BuildJson.Default.BuildSessionResponse, cancellationToken,
            EngineTransport.Json(new BuildSessionRequest { NoCacheStages = noCacheStages, CacheTo = cacheTo }, BuildJson.Default.BuildSessionRequest))).Id;

    /// <summary>Hands over a secret.</summary>
    public Task AddBuildSecretAsync(string session, string name, byte[] value, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Put, BuildPath(session, "secrets", name), cancellationToken, () => new ByteArrayContent(value));

    /// <summary>Offers a connection to an SSH agent for the build's steps. The engine writes to it first, and ends it when the build has ended; offer the next one then.</summary>
    public Task<HijackedStream> OfferBuildAgentAsync(string session, string name, CancellationToken cancellationToken = default) =>
        transport.HijackAsync(BuildPath(session, "agents", name), default, cancellationToken);

    /// <summary>Hands over a named context as a tar archive.</summary>
    public Task AddBuildContextAsync(string session, string name, Stream archive, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Put, BuildPath(session, "contexts", name), cancellationToken, EngineTransport.Tar(archive));

    /// <summary>Lets a name stand for an image.</summary>
    public Task AddBuildImageAsync(string session, string name, string image, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Put, new Query(BuildPath(session, "contexts", name)).Add("image", image).ToString(), cancellationToken);

    /// <summary>Hands over a cache, an image layout as a tar archive.</summary>
    public Task AddBuildCacheAsync(string session, string name, Stream archive, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Put, BuildPath(session, "cache-from", name), cancellationToken, EngineTransport.Tar(archive));

    /// <summary>Fetches a cache that the build has exported: an image layout as a tar archive.</summary>
    /// <param name="session">The session of the build, which has ended.</param>
    /// <param name="number">Which of the session's targets, from 0.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<Stream> OpenBuildCacheAsync(string session, int number, CancellationToken cancellationToken = default) =>
        transport.StreamAsync(HttpMethod.Get, BuildPath(session, "cache-to", number.ToString(System.Globalization.CultureInfo.InvariantCulture)), cancellationToken);

    /// <summary>Forgets what was handed over or exported.</summary>
    public Task EndBuildAsync(string session, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Delete, $"/argosy/builds/{session}", cancellationToken);

    private static Dictionary<string, string> Headers(BuildOptions options)
    {
        var headers = new Dictionary<string, string>();
        if (options.Credentials is { } credentials)
            headers["X-Registry-Config"] = credentials;
        if (options.Session is { } session)
            headers["X-Argosy-Build"] = session;
        return headers;
    }

    private static string BuildPath(string session, string kind, string name) => $"/argosy/builds/{session}/{kind}/{Uri.EscapeDataString(name)}";
}
