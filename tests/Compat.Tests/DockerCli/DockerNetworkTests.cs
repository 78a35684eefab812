using Argosy.CompatTests.Engines;

namespace Argosy.CompatTests.DockerCli;

/// <summary>The verbs of <c>docker network</c>, and what containers see of it.</summary>
public sealed class DockerNetworkTests(EngineFixture engines) : ClientSuite(engines)
{
    protected override string Client => "docker CLI";

    [Theory, OnArgosyd, OnDockerd]
    public Task Networks_of_both_families(EngineKind kind) => OnAsync(kind, engine => Script.RunAsync(engine, "networks.txt"));

    [Theory, OnArgosyd, OnDockerd]
    public Task Networks_that_configure_others(EngineKind kind) => OnAsync(kind, engine => Script.RunAsync(engine, "configurations.txt"));
}
