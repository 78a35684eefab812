using Argosy.CompatTests.Engines;

namespace Argosy.CompatTests.DockerCli;

/// <summary>The flags of <c>docker run</c> and <c>docker create</c>.</summary>
public sealed class DockerRunTests(EngineFixture engines) : ClientSuite(engines)
{
    protected override string Client => "docker CLI";

    [Theory, OnArgosyd, OnDockerd]
    public Task Flags_of_run_and_create(EngineKind kind) => OnAsync(kind, engine => Script.RunAsync(engine, "run.txt"));

    [Theory, OnArgosyd, OnDockerd(Unfit = "API 1.41 has none of it")]
    public Task Flags_that_came_after_API_1_41(EngineKind kind) => OnAsync(kind, engine => Script.RunAsync(engine, "newer.txt"));
}
