using Argosy.CompatTests.Engines;

namespace Argosy.CompatTests.DockerCli;

/// <summary>Names, filters and conflicts of images, in dockerd's words.</summary>
public sealed class DockerImageTests(EngineFixture engines) : ClientSuite(engines)
{
    protected override string Client => "docker CLI";

    [Theory, OnArgosyd, OnDockerd]
    public Task Images_with_filters_malformed_names_conflicts_and_prune(EngineKind kind) => OnAsync(kind, engine => Script.RunAsync(engine, "images.txt"));
}
