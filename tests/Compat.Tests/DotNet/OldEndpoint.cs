using Docker.DotNet;
using Docker.DotNet.Handler.Abstractions;
using DotNet.Testcontainers.Configurations;

namespace Argosy.CompatTests.DotNet;

/// <summary>An engine that knows no newer API than 1.41, which Testcontainers has to be told (its own setting, DOCKER_API_VERSION, is one for the whole process).</summary>
internal sealed class OldEndpoint(Uri endpoint) : IDockerEndpointAuthenticationConfiguration
{
    private readonly DockerEndpointAuthenticationConfiguration plain = new(endpoint, null);

    public Version Version { get; } = new(1, 41);

    public Uri Endpoint => plain.Endpoint;

    public IAuthProvider AuthProvider => plain.AuthProvider;

    public DockerClientBuilder GetDockerClientBuilder(Guid sessionId = default) => plain.GetDockerClientBuilder(sessionId).WithApiVersion(Version);
}
