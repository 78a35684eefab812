using Argosy.CompatTests.DockerCli;
using Argosy.CompatTests.Engines;

namespace Argosy.CompatTests;

/// <summary>What argosyd does not do, it says: by name, and never by doing something else.</summary>
public sealed class RefusedTests(EngineFixture engines) : ClientSuite(engines)
{
    /// <summary>The heading in the report, where "passes" would mislead.</summary>
    internal const string Heading = "Refused by name";

    protected override string Client => Heading;

    [Theory, OnArgosyd]
    public Task Builds_by_BuildKit(EngineKind kind) => OnAsync(kind, engine => Script.RunAsync(engine, "refused-buildkit.txt"));

    [Theory, OnArgosyd]
    public Task Swarm_services_secrets_and_stacks_of_it(EngineKind kind) => OnAsync(kind, engine => Script.RunAsync(engine, "refused-swarm.txt"));

    [Theory, OnArgosyd]
    public Task Plugins(EngineKind kind) => OnAsync(kind, engine => Script.RunAsync(engine, "refused-plugins.txt"));

    [Theory, OnArgosyd]
    public Task Networks_of_drivers_other_than_bridge(EngineKind kind) => OnAsync(kind, engine => Script.RunAsync(engine, "refused-networks.txt"));

    [Theory, OnArgosyd]
    public Task Volumes_of_drivers_other_than_local(EngineKind kind) => OnAsync(kind, engine => Script.RunAsync(engine, "refused-volumes.txt"));
}
