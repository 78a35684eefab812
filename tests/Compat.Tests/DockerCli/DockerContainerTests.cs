using Argosy.CompatTests.Engines;

namespace Argosy.CompatTests.DockerCli;

/// <summary>The stock docker client's container verbs, each with its flags.</summary>
public sealed class DockerContainerTests(EngineFixture engines) : ClientSuite(engines)
{
    protected override string Client => "docker CLI";

    [Theory, OnArgosyd, OnDockerd]
    public Task Container_verbs_with_their_flags(EngineKind kind) => OnAsync(kind, engine => Script.RunAsync(engine, "containers.txt"));

    [Theory, OnArgosyd, OnDockerd]
    public Task Volumes_and_what_containers_do_with_them(EngineKind kind) => OnAsync(kind, engine => Script.RunAsync(engine, "volumes.txt"));
}
