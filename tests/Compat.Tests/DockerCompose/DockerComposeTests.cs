using Argosy.CompatTests.DockerCli;
using Argosy.CompatTests.Engines;

namespace Argosy.CompatTests.DockerCompose;

/// <summary>Debian's docker-compose (1.29, in Python, with docker-py): a project that is built, started, scaled, changed and taken down.</summary>
public sealed class DockerComposeTests(EngineFixture engines) : ClientSuite(engines)
{
    protected override string Client => "docker-compose (Python)";

    [Theory, OnArgosyd, OnDockerd]
    public Task A_project_from_up_to_down(EngineKind kind) => OnAsync(kind, engine => Script.RunAsync(engine, "compose.txt"));
}
