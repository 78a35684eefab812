using Argosy.CompatTests.Engines;

namespace Argosy.CompatTests.NodeClients;

/// <summary>node/dockerode.test.js.</summary>
public sealed class DockerodeTests(EngineFixture engines, NodeFixture node) : NodeTests(engines, node)
{
    [Theory, OnArgosyd(Node = true), OnDockerd(Node = true)]
    public Task Dockerode_does_all_of_its_suite(EngineKind kind) => RunAsync(kind, "dockerode", "dockerode.test.js");
}
