using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Argosy.Client.Transport;
using Argosy.Contract.Build;
using Argosy.Contract.System;

namespace Argosy.Client;

/// <summary>The engine itself: version, information, events, registry login.</summary>
public sealed class SystemClient
{
    private readonly EngineTransport transport;

    internal SystemClient(EngineTransport transport) => this.transport = transport;

    /// <summary>Settles the API version with the engine; other requests do so only when the engine asks for it.</summary>
    public Task PingAsync(CancellationToken cancellationToken = default) => transport.NegotiateAsync(cancellationToken);

    /// <summary><c>GET /version</c>.</summary>
    public Task<SystemVersion> VersionAsync(CancellationToken cancellationToken = default) =>
        transport.GetAsync("/version", SystemJson.Default.SystemVersion, cancellationToken);

    /// <summary><c>GET /info</c>.</summary>
    public Task<SystemInfo> InfoAsync(CancellationToken cancellationToken = default) =>
        transport.GetAsync("/info", SystemJson.Default.SystemInfo, cancellationToken);

    /// <summary><c>GET /info</c> as the engine wrote it.</summary>
    public Task<JsonDocument> InfoRawAsync(CancellationToken cancellationToken = default) => transport.DocumentAsync("/info", cancellationToken);

    /// <summary>Events from a time on, up to a time or until cancelled.</summary>
    /// <param name="since">RFC 3339, or seconds since 1970 with an optional fraction; null begins now.</param>
    /// <param name="until">The same; null goes on until cancelled.</param>
    /// <param name="filters">Which events.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async IAsyncEnumerable<EventMessage> EventsAsync(
        string? since = null, string? until = null, Filters? filters = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string path = new Query("/events").Add("since", since).Add("until", until).AddFilters(filters).ToString();
        Stream lines = await transport.StreamAsync(HttpMethod.Get, path, cancellationToken);
        await foreach (EventMessage message in JsonLines.ReadAsync(lines, SystemJson.Default.EventMessage, cancellationToken))
            yield return message;
    }

    /// <summary>What takes space, as the engine wrote it.</summary>
    public Task<JsonDocument> DiskUsageRawAsync(CancellationToken cancellationToken = default) => transport.DocumentAsync("/system/df", cancellationToken);

    /// <summary>Checks the image stores (<c>POST /argosy/system/fsck</c>); takes as long as reading all images does.</summary>
    /// <param name="repair">Mends what can be mended, and forgets what cannot.</param>
    /// <param name="quick">Presence, sizes and references only.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public Task<StoreCheckReport> CheckStoresAsync(bool repair = false, bool quick = false, CancellationToken cancellationToken = default) =>
        transport.PostAsync(new Query("/argosy/system/fsck").Add("repair", repair).Add("quick", quick).ToString(), SystemJson.Default.StoreCheckReport, cancellationToken);

    /// <summary>Removes what the build cache holds.</summary>
    /// <param name="all">Also what an image uses.</param>
    /// <param name="keep">Bytes that may stay: what was used last. 0 keeps nothing.</param>
    /// <param name="filters">Which entries.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>What went, and the bytes that became free.</returns>
    public Task<BuildPruneResponse> PruneBuildCacheAsync(bool all = false, long keep = 0, Filters? filters = null, CancellationToken cancellationToken = default) =>
        transport.PostAsync(
            new Query("/build/prune").Add("all", all).Add("keep-storage", keep > 0 ? keep.ToString(CultureInfo.InvariantCulture) : null).AddFilters(filters).ToString(),
            BuildJson.Default.BuildPruneResponse, cancellationToken);

    /// <summary>Asks the engine to check credentials with the registry.</summary>
    public Task<AuthResponse> AuthenticateAsync(AuthConfig credentials, CancellationToken cancellationToken = default) =>
        transport.PostAsync("/auth", SystemJson.Default.AuthResponse, cancellationToken, EngineTransport.Json(credentials, SystemJson.Default.AuthConfig));
}
