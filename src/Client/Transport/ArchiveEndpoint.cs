using System.Net;
using System.Text.Json;
using Argosy.Contract.Containers;

namespace Argosy.Client.Transport;

/// <summary>Files of a container or a volume as tar archives (Engine API, FileArchive).</summary>
/// <param name="transport">Whom to ask.</param>
/// <param name="address">The endpoint's path, without a query.</param>
internal readonly struct ArchiveEndpoint(EngineTransport transport, string address)
{
    internal async Task<FileArchive> GetAsync(string path, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await transport.RequestAsync(HttpMethod.Get, At(path).ToString(), null, null, cancellationToken);
        var body = new ResponseStream(response, await response.Content.ReadAsStreamAsync(cancellationToken));
        return new FileArchive(PathStat(response), body);
    }

    internal async Task<ContainerPathStat?> StatAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await transport.RequestAsync(HttpMethod.Head, At(path).ToString(), null, null, cancellationToken);
            return PathStat(response);
        }
        catch (ApiException missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    internal async Task PutAsync(string path, Stream archive, bool copyOwnership, CancellationToken cancellationToken)
    {
        await transport.NegotiateAsync(cancellationToken);
        string request = At(path).Add("noOverwriteDirNonDir", true).Add("copyUIDGID", copyOwnership).ToString();
        await transport.SendAsync(HttpMethod.Put, request, cancellationToken, EngineTransport.Tar(archive));
    }

    private Query At(string path) => new Query(address).Add("path", path);

    private static ContainerPathStat PathStat(HttpResponseMessage response)
    {
        string header = response.Headers.TryGetValues("X-Docker-Container-Path-Stat", out IEnumerable<string>? values)
            ? values.First()
            : throw new IOException("the engine did not say what the path is (X-Docker-Container-Path-Stat)");
        return JsonSerializer.Deserialize(Convert.FromBase64String(header), ContainersJson.Default.ContainerPathStat)
            ?? throw new IOException("the engine answered null");
    }
}
