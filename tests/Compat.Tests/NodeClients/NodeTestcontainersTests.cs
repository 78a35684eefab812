using Argosy.CompatTests.Engines;

namespace Argosy.CompatTests.NodeClients;

/// <summary>node/testcontainers.test.js.</summary>
public sealed class NodeTestcontainersTests(EngineFixture engines, NodeFixture node) : NodeTests(engines, node)
{
    [Theory, OnArgosyd(Node = true), OnDockerd(Node = true)]
    public Task Testcontainers_for_Node_does_all_of_its_suite(EngineKind kind) => RunAsync(kind, "Testcontainers for Node", "testcontainers.test.js");
}
