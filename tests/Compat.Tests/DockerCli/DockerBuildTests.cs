using Argosy.CompatTests.Engines;

namespace Argosy.CompatTests.DockerCli;

/// <summary><c>docker build</c> without BuildKit, which needs a session of its own protocol.</summary>
public sealed class DockerBuildTests(EngineFixture engines) : ClientSuite(engines)
{
    protected override string Client => "docker CLI";

    [Theory, OnArgosyd, OnDockerd]
    public Task Docker_build_with_stages_arguments_cache_and_errors(EngineKind kind) => OnAsync(kind, engine => Script.RunAsync(engine, "build.txt"));
}
