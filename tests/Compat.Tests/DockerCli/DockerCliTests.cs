using Argosy.CompatTests.Engines;

namespace Argosy.CompatTests.DockerCli;

/// <summary>The stock docker client cannot tell argosyd from dockerd.</summary>
public sealed class DockerCliTests(EngineFixture engines) : ClientSuite(engines)
{
    protected override string Client => "docker CLI";

    // Its image list is exact: nothing may run on this class's engines before it, so other scripts are in other classes.
    [Theory, OnArgosyd, OnDockerd]
    public Task The_commands_that_everybody_types(EngineKind kind) => OnAsync(kind, engine => Script.RunAsync(engine, "first.txt"));
}
