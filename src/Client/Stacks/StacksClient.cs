using System.Runtime.CompilerServices;
using Argosy.Client.Transport;
using Argosy.Contract.Stacks;

namespace Argosy.Client;

/// <summary>
/// Requests about stacks, which only Argosy has. Changes answer with progress lines; the last one says how it ended.
/// The daemon goes on with the work when the client leaves.
/// </summary>
public sealed class StacksClient
{
    private readonly EngineTransport transport;

    internal StacksClient(EngineTransport transport) => this.transport = transport;

    /// <summary>All stacks, and all projects that only their containers tell of.</summary>
    public Task<IReadOnlyList<StackSummary>> ListAsync(CancellationToken cancellationToken = default) =>
        transport.GetAsync("/argosy/stacks", StackWire.Info<IReadOnlyList<StackSummary>>(), cancellationToken);

    /// <summary>One stack.</summary>
    public Task<StackDetail> GetAsync(string name, CancellationToken cancellationToken = default) =>
        transport.GetAsync(Path(name), StackWire.Info<StackDetail>(), cancellationToken);

    /// <summary>Stores the desired state and brings it up.</summary>
    public IAsyncEnumerable<StackProgress> UpAsync(StackUpRequest request, CancellationToken cancellationToken = default)
    {
        Query query = new Query(Path(request.Spec.Name))
            .Add("services", List(request.Services)).Add("known", List(request.Known)).Add("scale", List(request.Scale))
            .Add("recreate", request.Recreate).Add("pull", request.Pull).Add("noDeps", request.NoDependencies).Add("removeOrphans", request.RemoveOrphans)
            .Add("noStart", request.NoStart).Add("renewAnonVolumes", request.RenewAnonymousVolumes).Add("wait", request.Wait).Add("timeout", request.Timeout);
        return FollowAsync(HttpMethod.Put, query, EngineTransport.Json(request.Spec, StackWire.Info<StackSpec>()), cancellationToken);
    }

    /// <summary>Removes its containers and networks, and what the request adds; a stack that is not there is no error.</summary>
    public IAsyncEnumerable<StackProgress> DownAsync(string name, StackDownRequest request, CancellationToken cancellationToken = default)
    {
        Query query = new Query(Path(name))
            .Add("volumes", request.Volumes).Add("rmi", request.RemoveImages).Add("removeOrphans", request.RemoveOrphans)
            .Add("services", List(request.Services)).Add("known", List(request.Known)).Add("timeout", request.Timeout);
        return FollowAsync(HttpMethod.Delete, query, null, cancellationToken);
    }

    /// <summary>Stops services, or with none named all.</summary>
    public IAsyncEnumerable<StackProgress> StopAsync(string name, IReadOnlyList<string> services, int? timeout = null, CancellationToken cancellationToken = default) =>
        FollowAsync(HttpMethod.Post, new Query(Path(name) + "/stop").Add("services", List(services)).Add("timeout", timeout), null, cancellationToken);

    /// <summary>Starts services, or with none named all, in order of dependency.</summary>
    public IAsyncEnumerable<StackProgress> StartAsync(string name, IReadOnlyList<string> services, CancellationToken cancellationToken = default) =>
        FollowAsync(HttpMethod.Post, new Query(Path(name) + "/start").Add("services", List(services)), null, cancellationToken);

    /// <summary>Restarts services, or with none named all.</summary>
    public IAsyncEnumerable<StackProgress> RestartAsync(string name, IReadOnlyList<string> services, int? timeout = null, CancellationToken cancellationToken = default) =>
        FollowAsync(HttpMethod.Post, new Query(Path(name) + "/restart").Add("services", List(services)).Add("timeout", timeout), null, cancellationToken);

    private async IAsyncEnumerable<StackProgress> FollowAsync(HttpMethod method, Query query, Func<HttpContent>? content, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Stream lines = await transport.StreamAsync(method, query.ToString(), cancellationToken, content);
        await foreach (StackProgress line in JsonLines.ReadAsync(lines, StackWire.Info<StackProgress>(), cancellationToken))
            yield return line;
    }

    private static string List(IReadOnlyList<string> names) => string.Join(',', names);

    private static string Path(string name) => $"/argosy/stacks/{Uri.EscapeDataString(name)}";
}
